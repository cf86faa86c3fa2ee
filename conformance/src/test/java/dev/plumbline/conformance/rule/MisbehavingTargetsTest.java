package dev.plumbline.conformance.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.conformance.probe.Probe;
import dev.plumbline.conformance.probe.ProbeReport;
import dev.plumbline.conformance.run.ConformanceOptions;
import dev.plumbline.conformance.run.ConformanceSuite;
import dev.plumbline.conformance.target.Target;
import dev.plumbline.conformance.target.Targets;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Consent;
import dev.plumbline.evidence.model.Profile;
import dev.plumbline.evidence.model.Progress;
import dev.plumbline.evidence.model.RunSettings;
import dev.plumbline.evidence.model.SuiteContext;
import dev.plumbline.evidence.model.SuiteResult;
import dev.plumbline.evidence.model.Verdict;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.ObjectNode;

/** A target that misbehaves: the run ends, says what it saw, and blames the right side. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@Execution(ExecutionMode.CONCURRENT)
class MisbehavingTargetsTest {
  /** How a misbehaving target is reached. */
  enum Carrier {
    HTTP,
    STDIO
  }

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void aChangingListIsBlamedAndItsCallsAreNot(Carrier carrier) throws Exception {
    Map<String, Verdict> seen =
        judged(Misbehavior.CHANGES_ITS_TOOLS, carrier, "TOOL-510", "TOOL-515", "TOOL-001");

    assertThat(seen.get("TOOL-510"))
        .isInstanceOfSatisfying(
            Verdict.Fail.class,
            fail -> assertThat(fail.findings().getFirst().actual()).contains("now-"));
    assertThat(seen.get("TOOL-515")).isInstanceOf(Verdict.NotObserved.class);
    assertThat(seen.get("TOOL-001")).isInstanceOf(Verdict.Pass.class);
  }

  @Test
  void aRestartIsNotHeldAgainstTheTarget() throws Exception {
    Map<String, Verdict> seen =
        judged(
            Misbehavior.RESTARTS,
            Carrier.HTTP,
            "LIFE-002",
            "BASE-001",
            "PING-001",
            "TOOL-001",
            "BASE-501",
            "DISC-501");

    assertThat(seen.values()).noneMatch(Verdict.Fail.class::isInstance);
    assertThat(seen.values()).filteredOn(Verdict.Pass.class::isInstance).hasSizeGreaterThan(4);
  }

  @ParameterizedTest
  @EnumSource
  void aRequestThatIsNeverAnsweredIsNotObserved(Carrier carrier) throws Exception {
    Map<String, Verdict> seen =
        judged(Misbehavior.NEVER_ANSWERS_CALLS, carrier, "TOOL-002", "TOOL-001");

    assertThat(seen.get("TOOL-002"))
        .isInstanceOfSatisfying(
            Verdict.NotObserved.class,
            verdict -> assertThat(verdict.missing()).contains("no answer to").contains("within"));
    assertThat(seen.get("TOOL-001")).isInstanceOf(Verdict.Pass.class);
  }

  @ParameterizedTest
  @EnumSource
  void aHundredMegabytesAreNotRead(Carrier carrier) throws Exception {
    Map<String, Verdict> seen =
        judged(Misbehavior.SENDS_100_MB, carrier, "TOOL-001", "BASE-501", "DISC-501");

    assertThat(seen.get("TOOL-001")).isInstanceOf(Verdict.NotObserved.class);
    assertThat(seen.get("DISC-501")).isInstanceOf(Verdict.Pass.class);
  }

  @ParameterizedTest
  @EnumSource
  void aFloodEndsTheExchangeAndNotTheRun(Carrier carrier) throws Exception {
    Map<String, Verdict> seen =
        judged(Misbehavior.FLOODS, carrier, "TOOL-001", "DISC-501", "PING-001");

    assertThat(seen.get("TOOL-001")).isInstanceOf(Verdict.NotObserved.class);
    assertThat(seen.get("DISC-501")).isInstanceOf(Verdict.Pass.class);
    assertThat(seen.get("PING-001")).isInstanceOf(Verdict.Pass.class);
  }

  @ParameterizedTest
  @EnumSource
  void connectionsThatCloseAreNotObserved(Carrier carrier) throws Exception {
    Map<String, Verdict> seen =
        judged(
            Misbehavior.CLOSES_AT_RANDOM,
            carrier,
            "LIFE-002",
            "PING-001",
            "TOOL-001",
            "TOOL-002",
            "BASE-001",
            "BASE-501",
            "BASE-502",
            "BASE-503",
            "DISC-501",
            "VERS-501");

    assertThat(seen.values()).noneMatch(Verdict.Fail.class::isInstance);
    assertThat(seen.values()).anyMatch(Verdict.NotObserved.class::isInstance);
  }

  @ParameterizedTest
  @EnumSource
  void mixedErasAreBlamedOnTheTarget(Carrier carrier) throws Exception {
    Map<String, Verdict> seen =
        judged(Misbehavior.MIXES_THE_ERAS, carrier, "BASE-006", "BASE-508", "BASE-501", "PING-001");

    assertThat(seen.get("BASE-006")).isInstanceOf(Verdict.Fail.class);
    assertThat(seen.get("BASE-508")).isInstanceOf(Verdict.Fail.class);
    assertThat(seen.get("BASE-501")).isInstanceOf(Verdict.Fail.class);
    assertThat(seen.get("PING-001")).isInstanceOf(Verdict.Pass.class);
  }

  // --- how they are run --------------------------------------------------------------------------

  /** Verdicts by clause; a harness fault is never among them. */
  private Map<String, Verdict> judged(Misbehavior how, Carrier carrier, String... clauses)
      throws Exception {
    ProbeReport claims = claims(carrier);
    if (carrier == Carrier.HTTP) {
      try (MisbehavingHttp server = new MisbehavingHttp(how);
          Target target = Targets.url(server.url(), List.of())) {
        return judged(target, claims, clauses);
      }
    }
    Misbehavior.Server server = how.server();
    try (SampleStdio process = SampleStdio.of((in, out) -> serve(server, in, out));
        Target target = Targets.command(process.command())) {
      return judged(target, claims, clauses);
    }
  }

  /** What a correct server says: what a misbehaving one keeps from a probe is another matter. */
  private ProbeReport claims(Carrier carrier) throws Exception {
    Path file = folder.resolve("probe.json");
    if (carrier == Carrier.HTTP) {
      try (SampleHttp server = SampleHttp.minimal();
          Target target = Targets.url(server.url(), List.of())) {
        return new Probe().run(target, file);
      }
    }
    try (SampleStdio process = SampleStdio.minimal(MinimalFeature.TOOLS);
        Target target = Targets.command(process.command())) {
      return new Probe().run(target, file);
    }
  }

  private Map<String, Verdict> judged(Target target, ProbeReport probe, String... clauses)
      throws Exception {
    Path raw = Files.createDirectories(folder.resolve("raw/conformance"));
    List<String> wanted = List.of(clauses);
    List<Rule> rules = Rules.all().stream().filter(rule -> wanted.contains(rule.clause())).toList();
    RunSettings settings = new RunSettings(Profile.QUICK, 1, Consent.READ_ONLY, false);
    SuiteResult result =
        new ConformanceSuite(new ConformanceOptions(rules))
            .run(target, probe, new SuiteContext(settings, raw, Progress.SILENT));
    Map<String, Verdict> verdicts = new TreeMap<>();
    for (CheckResult check : result.checks()) {
      verdicts.put(check.id(), check.verdict());
    }
    assertThat(verdicts).hasSize(wanted.size());
    assertThat(verdicts.values()).noneMatch(Verdict.HarnessFault.class::isInstance);
    return verdicts;
  }

  private static void serve(Misbehavior.Server server, java.io.BufferedReader in, OutputStream out)
      throws IOException {
    LineWire wire = new LineWire(out);
    for (String line = in.readLine(); line != null && !wire.closed; line = in.readLine()) {
      var message = Messages.parse(line);
      if (message.isPresent()) {
        server.receive(message.get(), Optional.empty(), wire);
      }
    }
  }

  /** Lines on the standard streams of a process. */
  private static final class LineWire implements Misbehavior.Wire {
    private final OutputStream out;
    private boolean closed;

    LineWire(OutputStream out) {
      this.out = new java.io.BufferedOutputStream(out, 64 * 1024);
    }

    private void line(ObjectNode message) throws IOException {
      out.write((Messages.compact(message) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void say(MinimalServer.Reply reply) throws IOException {
      if (!reply.message().isEmpty()) {
        line(reply.message());
        out.flush();
      }
    }

    @Override
    public void flood(ObjectNode news, int times, MinimalServer.Reply reply) throws IOException {
      for (int i = 0; i < times; i++) {
        line(news);
      }
      say(reply);
    }

    @Override
    public void fill(MinimalServer.Reply reply, int bytes) throws IOException {
      byte[] piece = new byte[64 * 1024];
      java.util.Arrays.fill(piece, (byte) ' ');
      for (int left = bytes; left > 0; left -= piece.length) {
        out.write(piece, 0, Math.min(left, piece.length));
      }
      say(reply);
    }

    @Override
    public void close() throws IOException {
      out.flush();
      closed = true;
    }

    @Override
    public void restart() throws IOException {
      close();
    }
  }
}
