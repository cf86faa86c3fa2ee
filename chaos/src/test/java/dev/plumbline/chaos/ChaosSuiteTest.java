package dev.plumbline.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.plumbline.chaos.embedded.EmbeddedToxiproxy;
import dev.plumbline.chaos.journal.Entry;
import dev.plumbline.chaos.journal.Lane;
import dev.plumbline.chaos.journal.Phase;
import dev.plumbline.chaos.journal.Story;
import dev.plumbline.chaos.journal.SuiteLog;
import dev.plumbline.chaos.proxy.ProxyChoice;
import dev.plumbline.conformance.probe.EraProbe;
import dev.plumbline.conformance.probe.ProbeReport;
import dev.plumbline.conformance.target.Target;
import dev.plumbline.conformance.target.Targets;
import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Consent;
import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.Measurement;
import dev.plumbline.evidence.model.Profile;
import dev.plumbline.evidence.model.Progress;
import dev.plumbline.evidence.model.RunSettings;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.SuiteContext;
import dev.plumbline.evidence.model.SuiteResult;
import dev.plumbline.evidence.model.Transport;
import dev.plumbline.evidence.model.Verdict;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Each waits most of the time, for a fault to be over. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
final class ChaosSuiteTest {
  private static final long SEED = 0x7f3a;

  @TempDir Path raw;

  private static ChaosOptions only(String... modes) {
    return new ChaosOptions(
        ChaosOptions.of(List.of(modes), "", Map.of()).modes(), ProxyChoice.embedded());
  }

  private SuiteContext context(Progress progress) {
    return new SuiteContext(
        new RunSettings(Profile.QUICK, SEED, Consent.READ_ONLY, true), raw, progress);
  }

  private static ProbeReport probe(Transport transport, Era... eras) {
    return new ProbeReport(
        "tiny",
        "1",
        Arrays.stream(eras)
            .map(
                era ->
                    new EraProbe(
                        era,
                        transport,
                        List.of(era.revision()),
                        era.revision(),
                        Json.mapper().createObjectNode(),
                        Json.mapper().createObjectNode(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Map.of(),
                        true,
                        1_000_000,
                        List.of()))
            .toList());
  }

  private SuiteResult run(TinyServer server, Era era, String... modes) throws Exception {
    return run(server.url(), era, modes);
  }

  private SuiteResult run(URI url, Era era, String... modes) throws Exception {
    try (Target target = Targets.url(url, List.of())) {
      return new ChaosSuite(only(modes))
          .run(target, probe(Transport.HTTP, era), context(Progress.SILENT));
    }
  }

  private static void assertPassed(SuiteResult result) {
    assertThat(result.checks())
        .allSatisfy(check -> assertThat(check.verdict()).isInstanceOf(Verdict.Pass.class));
    assertThat(result.checks())
        .flatExtracting(CheckResult::measurements)
        .allMatch(Measurement::holds);
  }

  @Test
  void passesAHealthyServerInAllModes() throws Exception {
    try (TinyServer server = new TinyServer(TinyServer.Habit.NONE)) {
      SuiteResult result = run(server, Era.HANDSHAKE);
      assertPassed(result);
      assertThat(result.checks()).hasSize(3);
      assertThat(result.facts().get("fault-backend")).startsWith("embedded");
      assertThat(server.sessions()).isZero();
      assertThat(new ChaosJudge().judge(raw)).isEqualTo(result);
    }
  }

  @Test
  void passesAHealthyServerOfTheStatelessEra() throws Exception {
    try (TinyServer server = new TinyServer(TinyServer.Habit.NONE)) {
      assertPassed(run(server, Era.STATELESS, "FM-25"));
      Story story = Story.read(raw.resolve("FM-25.jsonl"));
      assertThat(story.all(Entry.Fault.class)).hasSize(2);
      assertThat(story.samples(Lane.PROXIED, Phase.DURING)).noneMatch(Entry.Sample::ok);
    }
  }

  @Test
  void failsAServerThatDoesNotComeBack() throws Exception {
    try (TinyServer server = new TinyServer(TinyServer.Habit.NONE)) {
      Thread.ofVirtual()
          .start(
              () -> {
                await().until(() -> recorded("FM-07.jsonl").contains("TIMEOUT"));
                server.die();
              });
      SuiteResult result = run(server, Era.STATELESS, "FM-07");
      assertThat(result.checks().getFirst().verdict()).isInstanceOf(Verdict.Fail.class);
    }
  }

  @Test
  void failsAServerThatRefusesAClientAfterALoss() throws Exception {
    try (TinyServer server = new TinyServer(TinyServer.Habit.BINDS_SESSIONS_TO_CONNECTIONS)) {
      SuiteResult result = run(server, Era.HANDSHAKE, "FM-25");
      assertThat(result.checks().getFirst().verdict()).isInstanceOf(Verdict.Fail.class);
    }
  }

  @Test
  void doesNotApplyToATargetOnStdioOnly() throws Exception {
    try (TinyServer server = new TinyServer(TinyServer.Habit.NONE);
        Target target = Targets.url(server.url(), List.of())) {
      SuiteResult result =
          new ChaosSuite(only())
              .run(target, probe(Transport.STDIO, Era.HANDSHAKE), context(Progress.SILENT));
      assertThat(result.checks())
          .hasSize(3)
          .allSatisfy(
              check ->
                  assertThat(((Verdict.NotApplicable) check.verdict()).reason())
                      .startsWith("transport stdio:"));
    }
  }

  @Test
  void observesNothingOnAServerThatIsGoneFromTheStart() throws Exception {
    // Bound and never listened on: nobody else can get the port meanwhile.
    try (Socket reserved = new Socket()) {
      reserved.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      URI url = URI.create("http://127.0.0.1:" + reserved.getLocalPort() + "/mcp");
      SuiteResult result = run(url, Era.HANDSHAKE, "FM-07");
      assertThat(result.checks().getFirst().verdict()).isInstanceOf(Verdict.NotObserved.class);
    }
  }

  @Test
  void keepsWhatWasRecordedWhenInterrupted() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Progress watching =
        new Progress() {
          @Override
          public void planned(Suite suite, int checks, int skipped) {}

          @Override
          public void started(Suite suite, String id, String title) {
            begun.countDown();
          }

          @Override
          public void finished(Suite suite, CheckResult result) {}

          @Override
          public void note(Suite suite, String text) {}
        };
    try (TinyServer server = new TinyServer(TinyServer.Habit.NONE);
        Target target = Targets.url(server.url(), List.of())) {
      Thread running =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      new ChaosSuite(only())
                          .run(target, probe(Transport.HTTP, Era.STATELESS), context(watching));
                    } catch (Exception e) {
                      thrown.set(e);
                    }
                  });
      begun.await();
      await().until(() -> recorded("FM-07.jsonl").lines().count() > 12);
      running.interrupt();
      running.join();
    }
    assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    assertThat(SuiteLog.read(raw).complete()).isFalse();
    SuiteResult result = new ChaosJudge().judge(raw);
    assertThat(result.facts()).containsEntry("complete", "false");
    assertThat(result.checks())
        .hasSize(3)
        .allSatisfy(check -> assertThat(check.verdict()).isInstanceOf(Verdict.NotObserved.class));
  }

  private String recorded(String file) throws IOException {
    Path path = raw.resolve(file);
    return Files.exists(path) ? Files.readString(path) : "";
  }

  @Test
  void isVoidWhenTheFaultProxyDies() throws Exception {
    EmbeddedToxiproxy dying = EmbeddedToxiproxy.start(SEED);
    String address = "127.0.0.1:" + dying.api().getPort();
    Thread watch =
        Thread.ofVirtual()
            .start(
                () -> {
                  await().until(() -> recorded("FM-07.jsonl").lines().count() > 12);
                  dying.close();
                });
    try (TinyServer server = new TinyServer(TinyServer.Habit.NONE);
        Target target = Targets.url(server.url(), List.of())) {
      ChaosOptions options = ChaosOptions.of(List.of("FM-07"), address, Map.of());
      SuiteResult result =
          new ChaosSuite(options)
              .run(target, probe(Transport.HTTP, Era.STATELESS), context(Progress.SILENT));
      assertThat(result.checks().getFirst().verdict()).isInstanceOf(Verdict.HarnessFault.class);
    }
    watch.join();
  }

  @Test
  void refusesATruncatedRecord() throws Exception {
    try (TinyServer server = new TinyServer(TinyServer.Habit.NONE)) {
      run(server, Era.STATELESS, "FM-25");
    }
    Path file = raw.resolve("FM-25.jsonl");
    List<String> lines = Files.readAllLines(file);
    Files.write(file, lines.subList(0, lines.size() - 2));
    assertThatThrownBy(() -> new ChaosJudge().judge(raw))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("FM-25.jsonl is truncated");
    Files.delete(raw.resolve(SuiteLog.FILE));
    assertThatThrownBy(() -> new ChaosJudge().judge(raw))
        .hasMessageContaining("suite.json is missing");
  }

  @Test
  void namesTheModesThereAreWhenAskedForAnother() {
    assertThatThrownBy(() -> ChaosOptions.of(List.of("FM-99"), "", Map.of()))
        .hasMessage("there is no failure mode FM-99; choose from FM-07, FM-24, FM-25");
  }
}
