package dev.plumbline.evidence.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.evidence.bundle.gate.Baseline;
import dev.plumbline.evidence.bundle.sign.SigningKey;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.TargetIdentity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import tools.jackson.databind.JsonNode;

class ReportsTest {
  private static final SigningKey KEY = SigningKey.forThisRun();

  @TempDir Path folder;
  private ToyRun run;

  @BeforeEach
  void sealARunWithAFailure() throws IOException {
    run = new ToyRun(folder.resolve(ToyRun.RUN_ID), KEY);
    run.observe(
        Suite.CONFORMANCE,
        Map.of(
            "TOOL-001",
            "kept",
            "TOOL-002",
            "broken",
            "TOOL-003",
            "nothing",
            "TOOL-004",
            "inapplicable"));
    run.observe(Suite.CHAOS, Map.of("FM-07", "kept"));
    run.observe(Suite.PERF, Map.of("SLO-TOOLS-CALL", "kept"));
    run.observe(Suite.SUPPLY_CHAIN, Map.of("SBOM-001", "kept"));
    run.seal();
  }

  @Test
  void tellsTheDecisionItsReasonsAndWhatWasNotLookedAt() throws IOException {
    assertThat(report("report.html"))
        .contains(
            "<h1>NO-GO</h1>",
            "TOOL-002",
            "toy-server",
            "What was not looked at",
            "no occasion arose",
            "consent load",
            "gatling",
            "Self-signed",
            KEY.id());
    assertThat(report("summary.md"))
        .contains(
            "## Plumbline: NO-GO",
            "1 MUST clause failed: TOOL-002",
            "Self-signed",
            "no occasion arose",
            "evidence verify");
  }

  @Test
  void reachesForNothingOutsideItself() throws IOException {
    String page = SampleRun.withFindings(folder.resolve("sample"), "sample", KEY).report();
    assertThat(
            Pattern.compile("(src|href|action|data|srcset|poster)=\"([^\"]*)\"")
                .matcher(page)
                .results()
                .map(m -> m.group(2)))
        .allMatch(
            link ->
                link.startsWith("#")
                    || link.startsWith("https://modelcontextprotocol.io/specification/")
                    || link.startsWith("raw/"));
    assertThat(page).doesNotContain("@import", "url(", "<link", "<iframe", "<img");
    assertThat(page).contains("default-src 'none'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)",
        "</pre></details></style><svg/onload=alert(1)>",
        "<!--",
        "]]>",
        "{}{}{}",
        "$1 \\1 %s %n",
        "javascript:alert(1)",
        "a\u202eb\u0000\u001b[31m\u200b\ufeff",
        "\ud800",
        "&lt;b&gt;"
      })
  void showsWhatATargetSaysAsTextOnly(String hostile) throws Exception {
    ToyRun hostileRun = new ToyRun(folder.resolve("hostile"), KEY);
    hostileRun.target =
        new TargetIdentity(
            TargetIdentity.Kind.URL,
            "http://127.0.0.1/" + hostile,
            hostile,
            hostile,
            List.of(hostile),
            ToyRun.TARGET.transports(),
            Map.of());
    hostileRun.observe(Suite.CONFORMANCE, Map.of("TOOL-001", hostile));
    hostileRun.seal();
    String page = Files.readString(hostileRun.root().resolve("report.html"));
    assertThat(page.split("<script", -1)).hasSize(2);
    assertThat(page)
        .doesNotContain("<img", "<svg/", "onload=alert(1)>")
        .doesNotContainPattern("<[^>]*\\son(error|load|mouseover)\\s*=");
    assertThat(page)
        .doesNotContainPattern("href=\"javascript:")
        .doesNotContainPattern("[\u0000-\u0008\u000b-\u001f\u202e\u200b\ufeff]");
    assertThat(
            xml(Files.readString(hostileRun.root().resolve("junit.xml")))
                .getDocumentElement()
                .getTagName())
        .isEqualTo("testsuites");
    assertThat(
            Json.parse(Files.readString(hostileRun.root().resolve("results.sarif")))
                .path("version")
                .asString())
        .isEqualTo("2.1.0");
    String summary = Files.readString(hostileRun.root().resolve("summary.md"));
    assertThat(summary.replaceAll("`[^`\n]*`", "")).doesNotContain("<script", "<img", "<svg");
    assertThat(new Verifier(ToyRun.judges()).verify(hostileRun.root(), KEY.publicKey()))
        .isInstanceOf(Verification.Accepted.class);
  }

  @Test
  void givesNobodyInASummaryANotificationOrALink() throws IOException {
    ToyRun hostile = new ToyRun(folder.resolve("mention"), KEY);
    hostile.target =
        new TargetIdentity(
            TargetIdentity.Kind.URL,
            "http://127.0.0.1/`x`",
            "@everyone | [x](http://evil.example)\n# big",
            "1",
            List.of(),
            List.of(),
            Map.of());
    hostile.observe(Suite.CONFORMANCE, Map.of("TOOL-001", "kept"));
    hostile.seal();
    assertThat(Files.readString(hostile.root().resolve("summary.md")))
        .doesNotContain("@everyone", "](http://evil", "\n# big", "`x`");
  }

  @Test
  void countsInJUnitWhatAPipelineShows() throws Exception {
    Document document = xml(report("junit.xml"));
    Element conformance = (Element) document.getElementsByTagName("testsuite").item(1);
    assertThat(conformance.getAttribute("name")).isEqualTo("conformance");
    assertThat(conformance.getAttribute("tests")).isEqualTo("4");
    assertThat(conformance.getAttribute("failures")).isEqualTo("1");
    assertThat(conformance.getAttribute("skipped")).isEqualTo("2");
    assertThat(conformance.getElementsByTagName("failure").getLength()).isEqualTo(1);
  }

  @Test
  void locatesFindingsInSarif() throws IOException {
    JsonNode sarif = Json.parse(report("results.sarif"));
    JsonNode result = sarif.path("runs").path(0).path("results").path(0);
    assertThat(result.path("ruleId").asString()).isEqualTo("TOOL-002");
    assertThat(result.path("level").asString()).isEqualTo("error");
    assertThat(result.at("/locations/0/physicalLocation/artifactLocation/uri").asString())
        .isEqualTo("raw/conformance/observations.json");
    assertThat(sarif.at("/runs/0/tool/driver/rules/0/helpUri").asString())
        .startsWith("https://modelcontextprotocol.io/specification/2025-11-25/");
  }

  @Test
  void shadesTheFaultAndMarksDetectionAndRecovery() throws IOException {
    String page = SampleRun.withFindings(folder.resolve("sample"), "sample", KEY).report();
    assertThat(page)
        .contains(
            "timeout upstream",
            "felt +",
            "works again +",
            "Percentile curve of SLO-TOOLS-CALL",
            "curl -sS",
            "it&#39;\\&#39;&#39;s plumbline");
  }

  @Test
  void drawsWhatIsThereOfARecordThatWasCutShort() throws IOException {
    Path raw = Files.createDirectories(folder.resolve("cut/raw/chaos"));
    Files.writeString(
        raw.resolve("FM-07.jsonl"),
        "{\"kind\":\"sample\",\"atMs\":1,\"latencyMs\":2,\"lane\":\"PROXIED\",\"outcome\":\"OK\"}\n{\"kind\":\"sam");
    ToyRun cut = new ToyRun(folder.resolve("cut"), KEY);
    cut.complete = false;
    cut.observe(Suite.CONFORMANCE, Map.of("TOOL-001", "kept"));
    cut.seal(List.of(), Baseline.NONE);
    assertThat(Files.readString(cut.root().resolve("report.html")))
        .contains("The record was cut short.", "Incomplete: the run was cut short");
  }

  @Test
  void tellsOfAnyServerWhatAReleaseHangsOn() throws IOException {
    String page = SampleRun.withFindings(folder.resolve("sample"), "sample", KEY).report();
    assertThat(page)
        .contains("For a release", "A01:2021", "A10:2021", "not covered:")
        .doesNotContain("Ten workstreams");
  }

  @Test
  void drawsWhatAnOverloadDidToTheServer() throws IOException {
    Path raw = Files.createDirectories(folder.resolve("load/raw/reliability/overload-cheap"));
    Files.writeString(
        raw.resolve("gc.log"),
        """
        [1.0s][info][gc] GC(0) Pause Young (Allocation Failure) 140M->10M(486M) 5.8ms
        [2.0s][info][gc] GC(1) Pause Young (Allocation Failure) 215M->28M(486M) 8.5ms
        """);
    Files.writeString(
        raw.resolve("overload.json"),
        """
        {"capacity":900.0,"overload":{"perSecond":1800.0,"series":[{"ANSWERED":900,"REFUSED":900},{"ANSWERED":950,"REFUSED":850}]}}
        """);
    Files.writeString(
        Files.createDirectories(folder.resolve("load/raw/reliability/registry"))
            .resolve("figures.jsonl"),
        """
        {"sizes":[{"entries":1000,"lookupP50Us":0.1,"lookupP99Us":0.5,"lookupP999Us":1.5},{"entries":100000,"lookupP50Us":0.1,"lookupP99Us":0.6,"lookupP999Us":2.5}]}
        """);
    ToyRun load = new ToyRun(folder.resolve("load"), KEY);
    load.observe(Suite.CONFORMANCE, Map.of("TOOL-001", "kept"));
    load.seal();
    assertThat(Files.readString(load.root().resolve("report.html")))
        .contains(
            "1\u202f850 were answered and 1\u202f750 refused",
            "2 collections; the first left 10 MiB, the last 28 MiB",
            "With 100\u202f000 entries 99 % take at most 0.6 µs");
    assertThat(new Verifier(ToyRun.judges()).verify(load.root(), KEY.publicKey()))
        .isInstanceOf(Verification.Accepted.class);
  }

  @Test
  void writesTheSameReportTwice() throws IOException {
    String first = SampleRun.withFindings(folder.resolve("one"), "x", KEY).report();
    assertThat(SampleRun.withFindings(folder.resolve("two"), "x", KEY).report()).isEqualTo(first);
  }

  private String report(String name) throws IOException {
    return Files.readString(run.root().resolve(name));
  }

  private static Document xml(String text) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    return factory
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }
}
