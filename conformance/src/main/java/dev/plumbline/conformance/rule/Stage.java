package dev.plumbline.conformance.rule;

import dev.plumbline.conformance.probe.CallableTool;
import dev.plumbline.conformance.probe.EraProbe;
import dev.plumbline.conformance.target.Credentials;
import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.evidence.model.Consent;
import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.Profile;
import dev.plumbline.evidence.model.TargetException;
import dev.plumbline.evidence.model.Transport;
import java.util.List;
import java.util.Optional;

/** What a script works with. Everything sent and received goes into one recording. */
public interface Stage {
  /** The era the rule is judged in. */
  Era era();

  /** What carries the messages. */
  Transport transport();

  /** The rule's own fresh conversation, not opened; the same one each time. */
  Conversation conversation() throws TargetException, HarnessException;

  /** The rule's own conversation, opened when it was not. */
  Conversation open() throws TargetException, HarnessException, InterruptedException;

  /** One more fresh conversation, not opened, recorded beside the others. */
  Conversation another() throws TargetException, HarnessException;

  /**
   * One more fresh conversation with the port of the target at another loopback address, where only
   * a server answers that listens on more than one; recorded beside the others. Empty where there
   * is no such address, or the target is not reached by the usual one.
   */
  Optional<Conversation> elsewhere() throws TargetException, HarnessException;

  /** One more fresh conversation, which nothing of is recorded; closed by who asked for it. */
  Conversation apart() throws TargetException, HarnessException;

  /** Adds exchanges that were made apart to the recording. */
  void take(List<Exchange> exchanges);

  /** Further tokens that the owner of the target prepared. */
  Credentials credentials();

  /** What the target said in this era over this transport. */
  EraProbe probe();

  /**
   * The tool to call.
   *
   * @throws IllegalStateException when the rule did not require one
   */
  CallableTool callableTool();

  /** What was allowed. */
  Consent consent();

  /** How much time the run may take. */
  Profile profile();

  /** The run's seed. */
  long seed();

  /** Leaves a fact for the judge in the recording. */
  void fact(String name, String value);
}
