package dev.plumbline.conformance.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.conformance.probe.EraProbe;
import dev.plumbline.conformance.probe.ProbeReport;
import dev.plumbline.conformance.rule.Requires;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.rule.Script;
import dev.plumbline.conformance.target.Target;
import dev.plumbline.conformance.target.Targets;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.conformance.wire.RawServer;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Consent;
import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.Profile;
import dev.plumbline.evidence.model.Progress;
import dev.plumbline.evidence.model.RunSettings;
import dev.plumbline.evidence.model.SuiteContext;
import dev.plumbline.evidence.model.SuiteResult;
import dev.plumbline.evidence.model.Transport;
import dev.plumbline.evidence.model.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConformanceSuiteTest {
  private static final Requires HANDSHAKE = Requires.era(Era.HANDSHAKE);
  private static final Script PING =
      stage -> {
        var talk = stage.open();
        talk.send("ping", talk.draft("ping"));
      };

  @TempDir Path raw;
  private final AtomicBoolean dead = new AtomicBoolean();
  private RawServer server;

  @BeforeEach
  void startServer() throws IOException {
    server = RawServer.start(this::serve);
  }

  @AfterEach
  void stopServer() throws IOException {
    server.close();
  }

  private void serve(RawServer.Peer peer) throws IOException {
    String request;
    while (!dead.get() && (request = peer.readRequest()) != null) {
      var message =
          Messages.parse(request.substring(request.indexOf("\r\n\r\n") + 4))
              .orElseGet(Messages::object);
      String method = message.path("method").asString("");
      if (method.equals("die") || dead.get()) {
        dead.set(true);
        return;
      }
      String result =
          method.equals("initialize")
              ? "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},\"serverInfo\":{}}"
              : "{}";
      peer.write(
          message.has("id")
              ? RawServer.json(
                  "{\"jsonrpc\":\"2.0\",\"id\":"
                      + message.get("id")
                      + ",\"result\":"
                      + result
                      + "}")
              : "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n");
    }
  }

  private static Verdict pass(Recording recording) {
    return new Verdict.Pass(1);
  }

  private static Rule rule(String clause, Requires requires, Script script) {
    return new Rule(clause, Set.of(Transport.HTTP), requires, script, ConformanceSuiteTest::pass);
  }

  private static ProbeReport report() {
    EraProbe era =
        new EraProbe(
            Era.HANDSHAKE,
            Transport.HTTP,
            List.of("2025-11-25"),
            "2025-11-25",
            Messages.object(),
            Messages.object(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            Map.of(),
            false,
            1,
            List.of());
    return new ProbeReport("x", "1", List.of(era));
  }

  private SuiteResult run(Rule... rules) throws Exception {
    RunSettings settings = new RunSettings(Profile.QUICK, 7, Consent.READ_ONLY, false);
    try (Target target = Targets.url(server.url(), List.of())) {
      SuiteResult result =
          new ConformanceSuite(new ConformanceOptions(List.of(rules)))
              .run(target, report(), new SuiteContext(settings, raw, Progress.SILENT));
      assertThat(new ConformanceJudge(List.of(rules)).judge(raw)).isEqualTo(result);
      return result;
    }
  }

  private static List<Verdict> verdicts(SuiteResult result) {
    return result.checks().stream().map(CheckResult::verdict).toList();
  }

  @Test
  void recordsAndJudgesWhatApplies() throws Exception {
    SuiteResult result =
        run(
            rule("PING-001", HANDSHAKE, PING),
            rule("BASE-501", Requires.era(Era.STATELESS), PING),
            rule("TOOL-001", HANDSHAKE.capability("tools"), PING),
            rule("BASE-001", HANDSHAKE.consent(Consent.CREATES), PING),
            rule("TRAN-004", HANDSHAKE.withSession(), PING),
            new Rule(
                "TRAN-001", Set.of(Transport.STDIO), HANDSHAKE, PING, ConformanceSuiteTest::pass));
    assertThat(verdicts(result))
        .containsExactly(
            new Verdict.Pass(1),
            new Verdict.NotApplicable("era 2026-07-28"),
            new Verdict.NotApplicable("capability tools"),
            new Verdict.NotApplicable("consent creates"),
            new Verdict.NotApplicable("session"),
            new Verdict.NotApplicable("transport stdio"));
    assertThat(result.checks().getFirst().raw())
        .containsExactly("raw/conformance/PING-001.http.json");
    assertThat(Recording.read(raw.resolve("PING-001.http.json")).exchange("ping")).isPresent();
  }

  @Test
  void blamesABrokenRuleOnUs() throws Exception {
    Function<Recording, Verdict> breaking =
        recording -> {
          throw new IllegalStateException("bug");
        };
    SuiteResult result =
        run(
            new Rule("PING-001", Set.of(Transport.HTTP), HANDSHAKE, PING, breaking),
            rule(
                "BASE-001",
                HANDSHAKE,
                stage -> {
                  throw new IllegalStateException("bug");
                }),
            rule("BASE-002", HANDSHAKE, PING));
    assertThat(verdicts(result).subList(0, 2)).hasOnlyElementsOfType(Verdict.HarnessFault.class);
    assertThat(verdicts(result).getLast()).isEqualTo(new Verdict.Pass(1));
  }

  @Test
  void passesNothingOnceTheTargetIsGone() throws Exception {
    Script killer =
        stage -> {
          var talk = stage.open();
          talk.send("die", talk.draft("die"));
        };
    SuiteResult result =
        run(
            rule("PING-001", HANDSHAKE, PING),
            rule("BASE-001", HANDSHAKE, killer),
            rule("BASE-002", HANDSHAKE, PING));
    assertThat(verdicts(result).getFirst()).isEqualTo(new Verdict.Pass(1));
    assertThat(verdicts(result).subList(1, 3))
        .allSatisfy(
            verdict ->
                assertThat(verdict)
                    .isInstanceOfSatisfying(
                        Verdict.NotObserved.class,
                        n -> assertThat(n.missing()).contains("since BASE-001")));
  }

  @Test
  void runsNothingWhenTheLawfulRequestFails() throws Exception {
    dead.set(true);
    assertThat(verdicts(run(rule("PING-001", HANDSHAKE, PING))).getFirst())
        .isInstanceOfSatisfying(
            Verdict.NotObserved.class,
            n -> assertThat(n.missing()).startsWith("the lawful smoke request fails"));
  }

  @Test
  void passesNothingThatExchangedNothing() throws Exception {
    assertThat(verdicts(run(rule("PING-001", HANDSHAKE, stage -> {}))).getFirst())
        .isEqualTo(new Verdict.NotObserved("nothing was exchanged"));
  }

  @Test
  void keepsWhatWasRecordedWhenInterrupted() throws Exception {
    Script interrupting =
        stage -> {
          Thread.currentThread().interrupt();
          PING.run(stage);
        };
    Rule first = rule("PING-001", HANDSHAKE, PING);
    Rule second = rule("BASE-001", HANDSHAKE, interrupting);
    assertThatThrownBy(() -> run(first, second)).isInstanceOf(InterruptedException.class);
    SuiteResult kept = new ConformanceJudge(List.of(first, second)).judge(raw);
    assertThat(kept.facts()).containsEntry("complete", "false");
    assertThat(verdicts(kept))
        .containsExactly(
            new Verdict.Pass(1), new Verdict.NotObserved("the run was stopped before"));
  }

  @Test
  void refusesAFolderWithMissingOrCutFiles() throws Exception {
    Rule rule = rule("PING-001", HANDSHAKE, PING);
    run(rule);
    ConformanceJudge judge = new ConformanceJudge(List.of(rule));
    for (String name : List.of("PING-001.http.json", Plan.FILE, Outcomes.FILE)) {
      Path file = raw.resolve(name);
      String whole = Files.readString(file);
      Files.writeString(file, whole.substring(0, whole.length() / 2));
      assertThatThrownBy(() -> judge.judge(raw)).hasMessageStartingWith(name);
      Files.delete(file);
      assertThatThrownBy(() -> judge.judge(raw)).hasMessage(name + " is missing");
      Files.writeString(file, whole);
    }
  }

  @Test
  void callsAFolderItCannotWriteToOurFault() {
    raw = raw.resolve("not/there");
    assertThatThrownBy(() -> run(rule("PING-001", HANDSHAKE, PING)))
        .isInstanceOf(HarnessException.class)
        .hasMessageContaining("cannot write plan.json");
  }
}
