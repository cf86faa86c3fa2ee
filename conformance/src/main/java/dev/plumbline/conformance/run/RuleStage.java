package dev.plumbline.conformance.run;

import dev.plumbline.conformance.probe.CallableTool;
import dev.plumbline.conformance.probe.EraProbe;
import dev.plumbline.conformance.rule.Stage;
import dev.plumbline.conformance.target.Credentials;
import dev.plumbline.conformance.target.Target;
import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Recorder;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Consent;
import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.Profile;
import dev.plumbline.evidence.model.RunSettings;
import dev.plumbline.evidence.model.TargetException;
import dev.plumbline.evidence.model.Transport;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The stage of one rule: its conversations share one recording and end with it. */
final class RuleStage implements Stage, AutoCloseable {
  /** A script that opens more is our own fault. */
  private static final int MAX_CONVERSATIONS = 32;

  private static final String LOOPBACK = "127.0.0.1";
  private static final String OTHER_LOOPBACK = "127.0.0.2";

  private final Target target;
  private final EraProbe probe;
  private final RunSettings settings;
  private final Duration deadline;
  private final Recorder recorder = new Recorder();
  private final List<Conversation> conversations = new ArrayList<>();
  private final List<Exchange> taken = new ArrayList<>();
  private final Map<String, String> facts = new TreeMap<>();
  private @Nullable Conversation own;

  RuleStage(Target target, EraProbe probe, RunSettings settings, Duration deadline) {
    this.target = target;
    this.probe = probe;
    this.settings = settings;
    this.deadline = deadline;
  }

  @Override
  public Era era() {
    return probe.era();
  }

  @Override
  public Transport transport() {
    return probe.transport();
  }

  @Override
  public Conversation conversation() throws TargetException, HarnessException {
    if (own == null) {
      own = another();
    }
    return own;
  }

  @Override
  public Conversation open() throws TargetException, HarnessException, InterruptedException {
    Conversation conversation = conversation();
    conversation.open();
    return conversation;
  }

  @Override
  public Conversation another() throws TargetException, HarnessException {
    if (conversations.size() >= MAX_CONVERSATIONS) {
      throw new HarnessException("a script opened more than " + MAX_CONVERSATIONS + " connections");
    }
    Conversation fresh = converse(recorder);
    conversations.add(fresh);
    return fresh;
  }

  @Override
  public Optional<Conversation> elsewhere() throws TargetException, HarnessException {
    Optional<URI> url = target.url().filter(u -> LOOPBACK.equals(u.getHost()) && u.getPort() > 0);
    // Linux alone has the whole network 127.0.0.0/8.
    if (transport() != Transport.HTTP || url.isEmpty() || !linux()) {
      return Optional.empty();
    }
    InetSocketAddress other = new InetSocketAddress(OTHER_LOOPBACK, url.get().getPort());
    Conversation fresh = target.through(other).converse(era(), transport(), recorder);
    fresh.deadline(deadline);
    conversations.add(fresh);
    return Optional.of(fresh);
  }

  private static boolean linux() {
    return System.getProperty("os.name", "").startsWith("Linux");
  }

  private Conversation converse(Recorder taking) throws TargetException, HarnessException {
    Conversation fresh = target.converse(era(), transport(), taking);
    fresh.ask(probe.revision());
    fresh.deadline(deadline);
    probe.tools().forEach(tool -> fresh.know(tool.name(), tool.inputSchema()));
    return fresh;
  }

  @Override
  public Conversation apart() throws TargetException, HarnessException {
    return converse(Recorder.forgetting());
  }

  @Override
  public void take(List<Exchange> exchanges) {
    taken.addAll(exchanges);
  }

  @Override
  public Profile profile() {
    return settings.profile();
  }

  @Override
  public Credentials credentials() {
    return target.credentials();
  }

  @Override
  public EraProbe probe() {
    return probe;
  }

  @Override
  public CallableTool callableTool() {
    return probe
        .callableTool(settings.consent())
        .orElseThrow(() -> new IllegalStateException("the rule did not require a callable tool"));
  }

  @Override
  public Consent consent() {
    return settings.consent();
  }

  @Override
  public long seed() {
    return settings.seed();
  }

  @Override
  public void fact(String name, String value) {
    facts.put(name, target.redactor().text(value));
  }

  /** Everything the script saw, sealed. */
  Recording recording(String clause) {
    List<Exchange> all = new ArrayList<>(recorder.exchanges());
    all.addAll(taken);
    return new Recording(clause, era(), transport(), all, facts);
  }

  @Override
  public void close() {
    conversations.forEach(Conversation::close);
  }
}
