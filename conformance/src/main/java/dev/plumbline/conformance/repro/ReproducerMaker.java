package dev.plumbline.conformance.repro;

import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.rule.Rules;
import dev.plumbline.conformance.target.Target;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.conformance.wire.Redactor;
import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Finding;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.RunFolder;
import dev.plumbline.evidence.model.RunManifest;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.TargetIdentity;
import dev.plumbline.evidence.model.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Makes reproducers of the failures of one run, as long as its target is still there. */
public final class ReproducerMaker {
  /** The fact of a recording that tells the choices of a walk. */
  public static final String CHOICES = "walk.choices";

  /** Recordings beyond this are not reduced: their rule is run again instead. */
  private static final long MAX_RECORDING_BYTES = 4L * 1024 * 1024;

  private static final int MAX_CHOICES = 100_000;

  /** What one failure may take of the time for all. */
  private static final Duration EACH = Duration.ofSeconds(3);

  private final RunFolder folder;
  private final RunManifest run;
  private final Start start;
  private final Target target;
  private final Duration deadline;
  private final long stopAt;

  /**
   * @param folder where the run's recordings are
   * @param run what was run
   * @param start how the target is reached again
   * @param target who failed, still running
   * @param deadline how long answers were waited for
   * @param time how long may be replayed for all failures together
   */
  public ReproducerMaker(
      RunFolder folder,
      RunManifest run,
      Start start,
      Target target,
      Duration deadline,
      Duration time) {
    this.folder = folder;
    this.run = run;
    this.start = start;
    this.target = target;
    this.deadline = deadline;
    this.stopAt = System.nanoTime() + time.toNanos();
  }

  /**
   * The reproducer of a failed check.
   *
   * @param number its number in the run, from 1
   * @param again the words of our own command that checks the same again, without the target's
   * @throws IllegalArgumentException when the check did not fail
   */
  public Reproducer of(int number, Suite suite, CheckResult check, List<String> again)
      throws InterruptedException {
    if (!(check.verdict() instanceof Verdict.Fail(var findings))) {
      throw new IllegalArgumentException(check.id() + " did not fail");
    }
    Finding first = findings.getFirst();
    Optional<Recording> recording =
        suite == Suite.CONFORMANCE ? recording(check) : Optional.empty();
    Way way = new Way.Command(again);
    Finding shown = first;
    if (recording.isPresent() && rule(check.id()).isPresent()) {
      Failing failing = new Failing(rule(check.id()).get().judge(), first.summary());
      if (failing.isIn(recording.get())) {
        Way.Replay replay = replay(failing, recording.get());
        way = replay;
        shown = failing.in(replay.recording()).orElse(first);
      }
    }
    return new Reproducer(
        Reproducer.SCHEMA,
        Reproducer.id(run.started(), number),
        run.started(),
        run.harness(),
        suite,
        check.id(),
        check.title(),
        check.level(),
        check.page(),
        check.era(),
        check.transport(),
        blotted(run.target()),
        start,
        run.settings(),
        recording.map(ReproducerMaker::choices).orElse(List.of()),
        blotted(shown),
        findings.size() - 1,
        way,
        run.environment());
  }

  /** The rule of a clause; empty when there is none. */
  static Optional<Rule> rule(String clause) {
    return Rules.all().stream().filter(rule -> rule.clause().equals(clause)).findFirst();
  }

  private Way.Replay replay(Failing failing, Recording whole) throws InterruptedException {
    long left = Math.max(0, stopAt - System.nanoTime());
    Duration time = left < EACH.toNanos() ? Duration.ofNanos(left) : EACH;
    Replay replay = new Replay(target, run.target().address(), deadline);
    Reducer.Reduced found = new Reducer(failing, Optional.of(replay), time).reduce(whole);
    Recording clean = blotted(found.recording());
    Reducer.Reduced reduced =
        failing.isIn(clean)
            ? new Reducer.Reduced(clean, Carried.in(clean), found.reduction(), found.again())
            : found;
    return new Way.Replay(
        reduced.recording(),
        reduced.carried(),
        SignMaker.of(failing, reduced),
        reduced.reduction());
  }

  private Optional<Recording> recording(CheckResult check) {
    for (String raw : check.raw()) {
      Path file = folder.root().resolve(raw).normalize();
      try {
        if (file.startsWith(folder.root().normalize())
            && Files.isRegularFile(file)
            && Files.size(file) <= MAX_RECORDING_BYTES) {
          return Optional.of(Json.read(file, Recording.class));
        }
      } catch (IOException e) {
        return Optional.empty(); // no recording: the check itself is run again
      }
    }
    return Optional.empty();
  }

  private static List<Long> choices(Recording recording) {
    String text = recording.fact(CHOICES).orElse("");
    return Pattern.matches("\\d{1,18}(,\\d{1,18})*", text)
        ? Arrays.stream(text.split(",", -1)).limit(MAX_CHOICES).map(Long::valueOf).toList()
        : List.of();
  }

  // --- the query of a URL is often a key ---------------------------------------------------------

  private Redactor query() {
    String address = run.target().address();
    int question = address.indexOf('?');
    boolean url = run.target().kind() == TargetIdentity.Kind.URL;
    return !url || question < 0
        ? Redactor.NONE
        : new Redactor(List.of(), List.of(address.substring(question + 1)));
  }

  private Recording blotted(Recording recording) {
    Redactor query = query();
    List<Exchange> clean = recording.exchanges().stream().map(query::exchange).toList();
    return new Recording(
        recording.id(), recording.era(), recording.transport(), clean, recording.facts());
  }

  private Finding blotted(Finding finding) {
    Redactor query = query();
    return new Finding(
        query.text(finding.summary()),
        query.text(finding.sent()),
        query.text(finding.received()),
        query.text(finding.expected()),
        query.text(finding.actual()),
        query.text(finding.fix()),
        finding.evidence());
  }

  private TargetIdentity blotted(TargetIdentity identity) {
    return identity.kind() != TargetIdentity.Kind.URL
        ? identity
        : new TargetIdentity(
            identity.kind(),
            Blotted.query(identity.address()),
            identity.name(),
            identity.version(),
            identity.revisions(),
            identity.transports(),
            identity.digests());
  }
}
