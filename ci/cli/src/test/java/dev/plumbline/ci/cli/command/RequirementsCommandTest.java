package dev.plumbline.ci.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.ci.cli.terminal.Display;
import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Consent;
import dev.plumbline.evidence.model.Finding;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.Level;
import dev.plumbline.evidence.model.Measurement;
import dev.plumbline.evidence.model.Profile;
import dev.plumbline.evidence.model.RunFolder;
import dev.plumbline.evidence.model.RunManifest;
import dev.plumbline.evidence.model.RunSettings;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.SuiteResult;
import dev.plumbline.evidence.model.TargetIdentity;
import dev.plumbline.evidence.model.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RequirementsCommandTest {
  private static final int FINE = 0;
  private static final int MISSED = 1;
  private static final int USAGE = 2;

  @TempDir private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int requirements(String... arguments) {
    String[] all = new String[arguments.length + 3];
    all[0] = "requirements";
    all[1] = "--build";
    all[2] = folder.toString();
    System.arraycopy(arguments, 0, all, 3, arguments.length);
    return CommandLines.execute(
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Display.PLAIN,
            Display.PLAIN,
            Map.of(),
            "plumbline"),
        all);
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void showsTheFigureOfARunBesideARequirement() throws Exception {
    run("first", new Verdict.Pass(3000), 6.8);
    assertThat(requirements("--only", "R013", folder.resolve("first").toString())).isEqualTo(FINE);
    assertThat(printed())
        .contains("R013", "RC-701", "health p99 6.8 ms (at most 100, 3000 samples)", "[first]");
  }

  @Test
  void isShownOnlyWhenEverythingThatShowsItWasRun() throws Exception {
    String run = run("first", new Verdict.Pass(3000), 6.8).toString();
    assertThat(requirements("--only", "R013", run)).isEqualTo(FINE);
    assertThat(printed()).contains("1 not run");
    report("dev.plumbline.server.control.ControlPlaneTest", "tellsWhatItDelivered", "");
    out.reset();
    assertThat(requirements("--only", "R013", run)).isEqualTo(FINE);
    assertThat(printed()).contains("1 shown", "tests failed 0 (at most 0, 1 samples)");
  }

  @Test
  void aDemandOrATestThatFailedIsAMissedRequirement() throws Exception {
    Finding finding = new Finding("late", "x", "x", "x", "x", "x", List.of());
    String run = run("first", new Verdict.Fail(finding), 120).toString();
    assertThat(requirements("--only", "R013", run)).isEqualTo(MISSED);
    assertThat(printed()).contains("1 missed", "missed: health p99 120 ms");
    report("dev.plumbline.server.machine.WalkProperties", "client", "<failure/>");
    assertThat(requirements("--only", "R002")).isEqualTo(MISSED);
  }

  @Test
  void theNewestRunThatObservedItCounts() throws Exception {
    String first = run("first", new Verdict.Pass(3000), 6.8).toString();
    String second = run("second", new Verdict.NotApplicable("not asked for"), 7.0).toString();
    String third = run("third", new Verdict.Pass(3000), 8.0).toString();
    requirements("--only", "R013", first, second);
    assertThat(printed()).contains("[first]");
    requirements("--only", "R013", first, second, third);
    assertThat(printed()).contains("8 ms", "[third]");
  }

  @Test
  void aServerThatIsNotOursShowsNothing() throws Exception {
    String run = run("first", TargetIdentity.Kind.URL, new Verdict.Pass(3000), 6.8).toString();
    requirements("--only", "R013", run);
    assertThat(printed()).contains("not run: no run observed it", "no run;");
  }

  @Test
  void countsTheLinesThatTestsReached() throws Exception {
    Path table =
        Files.createDirectories(folder.resolve("ci/acceptance/target/site/jacoco-aggregate"));
    Files.writeString(
        table.resolve("jacoco.csv"),
        """
        GROUP,PACKAGE,CLASS,LINE_MISSED,LINE_COVERED
        x,dev.plumbline.server.limit,A,10,80
        x,dev.plumbline.server.limit,B,15,5
        """);
    assertThat(requirements("--only", "R087")).isEqualTo(MISSED);
    assertThat(printed()).contains("lines reached by tests 77.2 % (at least 80, 110 samples)");
  }

  @Test
  void printsAllOfThemForMachines() throws Exception {
    assertThat(requirements("--json")).isEqualTo(FINE);
    assertThat(Json.parse(printed()).path("requirements")).hasSize(232);
  }

  @Test
  void whatIsWrongIsToldInOneLine() throws Exception {
    assertThat(requirements("--only", "R233")).isEqualTo(USAGE);
    assertThat(requirements(folder.resolve("nothing").toString())).isEqualTo(USAGE);
    assertThat(requirements(folder.toString())).isEqualTo(USAGE);
    Files.writeString(
        Files.createDirectories(folder.resolve("target/surefire-reports")).resolve("TEST-a.xml"),
        "<testsuite>");
    assertThat(requirements("--only", "R002")).isEqualTo(USAGE);
    assertThat(err.toString(StandardCharsets.UTF_8).lines()).hasSize(4);
  }

  private void report(String type, String method, String inside) throws Exception {
    Path reports = Files.createDirectories(folder.resolve("module/target/surefire-reports"));
    Files.writeString(
        reports.resolve("TEST-" + type + ".xml"),
        "<testsuite><testcase name='%s(int)[1]' classname='%s'>%s</testcase></testsuite>"
            .formatted(method, type, inside));
  }

  private Path run(String id, Verdict verdict, double millis) throws Exception {
    return run(id, TargetIdentity.Kind.BUNDLED, verdict, millis);
  }

  private Path run(String id, TargetIdentity.Kind kind, Verdict verdict, double millis)
      throws Exception {
    RunFolder run = new RunFolder(Files.createDirectories(folder.resolve(id)));
    Files.createDirectories(run.results());
    Json.write(
        run.run(),
        new RunManifest(
            RunManifest.SCHEMA,
            id,
            "0.1",
            Instant.EPOCH,
            Instant.EPOCH,
            true,
            new RunSettings(Profile.STANDARD, 1, Consent.DESTRUCTIVE, true),
            new TargetIdentity(kind, "http://127.0.0.1", "x", "1", List.of(), List.of(), Map.of()),
            List.of(Suite.RELIABILITY),
            Map.of(),
            Map.of()));
    Json.write(
        run.result(Suite.RELIABILITY),
        new SuiteResult(
            Suite.RELIABILITY,
            List.of(
                new CheckResult(
                    "RC-701",
                    "Health is answered in time",
                    Level.MUST,
                    null,
                    null,
                    "x",
                    verdict,
                    List.of(
                        Measurement.of("health p50", 1, "ms", 3000),
                        Measurement.atMost("health p99", millis, "ms", 100, 3000)),
                    List.of())),
            Map.of()));
    return run.root();
  }
}
