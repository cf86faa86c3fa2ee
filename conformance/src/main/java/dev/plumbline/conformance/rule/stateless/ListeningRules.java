package dev.plumbline.conformance.rule.stateless;

import dev.plumbline.conformance.rule.Answer;
import dev.plumbline.conformance.rule.Examination;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.rule.Stage;
import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.End;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.TargetException;
import dev.plumbline.evidence.model.Verdict;
import java.util.List;
import java.util.Optional;

/** Rules of the page on Streamable HTTP about where a server listens. */
public final class ListeningRules {
  private static final String ELSEWHERE = "elsewhere";

  private ListeningRules() {}

  /** The rules. */
  public static List<Rule> rules() {
    return List.of(
        new Rule(
            "TRAN-533",
            Probes.HTTP,
            Probes.STATELESS,
            ListeningRules::asks,
            ListeningRules::isAlone));
  }

  private static void asks(Stage stage)
      throws TargetException, HarnessException, InterruptedException {
    Probes.lawful(stage.open());
    Optional<Conversation> other = stage.elsewhere();
    if (other.isPresent()) {
      other.get().send(ELSEWHERE, other.get().draft("server/discover"));
    }
  }

  private static Verdict isAlone(Recording recording) {
    Examination examination = new Examination(recording);
    if (!examination.served(Probes.LAWFUL)) {
      return examination.verdict();
    }
    Optional<Exchange> other = recording.exchange(ELSEWHERE);
    if (other.isEmpty()) {
      examination.unseen("the server is not reached by the loopback address");
    } else if (other.get().end() == End.CONNECT_FAILED) {
      examination.kept();
    } else if (other.get().accepted()) {
      examination.broken(
          other.get(),
          "A server that runs locally listens on more than the loopback address.",
          "A local server listens on 127.0.0.1 only, not on every address of the machine.",
          "It was reached by 127.0.0.2 as well, as it is when it listens on 0.0.0.0.",
          "Bind to 127.0.0.1 unless the owner asks for another address.");
    } else {
      examination.unseen("another address was answered with " + Answer.told(other.get()));
    }
    return examination.verdict();
  }
}
