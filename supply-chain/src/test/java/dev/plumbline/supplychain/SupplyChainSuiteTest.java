package dev.plumbline.supplychain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.evidence.model.Consent;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.Profile;
import dev.plumbline.evidence.model.Progress;
import dev.plumbline.evidence.model.RunSettings;
import dev.plumbline.evidence.model.SuiteContext;
import dev.plumbline.evidence.model.SuiteResult;
import dev.plumbline.evidence.model.Verdict;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The suite over installations laid out on a real disk. */
class SupplyChainSuiteTest {
  @TempDir Path home;
  @TempDir Path raw;

  private final List<String> components = new ArrayList<>();
  private SupplyChainOptions options = SupplyChainOptions.NONE;

  @BeforeEach
  void shipOneJarOnEachClassPath() throws IOException {
    for (String folder : SupplyChainSuite.SHIPPED) {
      Files.createDirectories(home.resolve(folder));
      jar(folder, "shared", "1.0", "", "shared");
    }
    jar("ci/cli/target/dist", "native", "2.0", "linux-x86_64", "native");
  }

  @Test
  void passesWhenEveryShippedJarIsAComponentWithItsDigest() throws Exception {
    bom("1.6");
    assertThat(words(run()))
        .containsExactly(
            "Pass",
            "Pass",
            "Pass",
            "Pass",
            "Pass",
            "NotObserved",
            "NotObserved",
            "NotObserved",
            "NotObserved",
            "NotApplicable",
            "NotObserved");
  }

  @Test
  void judgesTheSameFromTheRawDataAlone() throws Exception {
    bom("1.6");
    assertThat(new SupplyChainJudge().judge(rawAfter(run())))
        .isEqualTo(new SupplyChainJudge().judge(raw));
  }

  @Test
  void failsWithoutABillOfMaterials() throws Exception {
    assertThat(words(run())).startsWith("Fail", "Fail", "Fail", "NotObserved", "NotObserved");
  }

  @Test
  void failsOnAnotherVersionOfTheFormat() throws Exception {
    bom("1.5");
    assertThat(words(run())).startsWith("Fail");
  }

  @Test
  void namesAJarThatIsNoComponent() throws Exception {
    bom("1.6");
    Files.writeString(home.resolve("ci/cli/target/dist/smuggled-6.6.6.jar"), "x");
    SuiteResult result = run();
    assertThat(words(result)).startsWith("Pass", "Fail", "Pass", "Pass");
    assertThat(summary(result, 1)).startsWith("smuggled-6.6.6.jar ships but is no component");
  }

  @Test
  void namesAJarThatWasBuiltAgain() throws Exception {
    bom("1.6");
    Files.writeString(home.resolve("system-under-test/target/dist/shared-1.0.jar"), "rebuilt");
    SuiteResult result = run();
    assertThat(words(result)).startsWith("Pass", "Pass", "Fail", "Pass");
    assertThat(summary(result, 2)).startsWith("shared-1.0.jar is not the file");
  }

  @Test
  void failsWhenAClassPathIsEmpty() throws Exception {
    bom("1.6");
    Files.delete(home.resolve("perf/gatling/target/dist/shared-1.0.jar"));
    assertThat(summary(run(), 1)).isEqualTo("no jar found in perf/gatling/target/dist");
  }

  @Test
  void onlyInformsAboutAMissingLicence() throws Exception {
    components.add(
        "{\"group\":\"g\",\"name\":\"bare\",\"version\":\"1\",\"purl\":\"pkg:maven/g/bare@1?type=jar\"}");
    bom("1.6");
    SuiteResult result = run();
    assertThat(words(result)).startsWith("Pass", "Pass", "Pass", "Fail", "NotObserved");
    assertThat(result.checks().get(3).level().isMandatory()).isFalse();
    assertThat(missing(result, 4))
        .isEqualTo("a person has to read the licence of g:bare:1 (none stated)");
  }

  @Test
  void failsOnALicenceThatForbidsShipping() throws Exception {
    component("viral", "{\"license\":{\"id\":\"GPL-3.0-only\"}}");
    component("odd", "{\"license\":{\"name\":\"House rules\"}}");
    bom("1.6");
    SuiteResult result = run();
    assertThat(summary(result, 4))
        .isEqualTo("g:viral:1 is under GPL-3.0-only, which asks the same of what ships it");
    assertThat(result.checks().get(4).level().isMandatory()).isTrue();
    assertThat(result.facts()).containsEntry("licences", "1 refused, 1 unknown, 2 allowed");
  }

  @Test
  void leavesALicenceThatNoTableKnowsToAPerson() throws Exception {
    component("odd", "{\"license\":{\"name\":\"House rules\"}}");
    bom("1.6");
    assertThat(missing(run(), 4))
        .isEqualTo("a person has to read the licence of g:odd:1 (House rules)");
  }

  @Test
  void takesTheLicenceThatMayShip() throws Exception {
    component("dual", "{\"license\":{\"id\":\"GPL-3.0-only\"}},{\"license\":{\"id\":\"MIT\"}}");
    component("stated", "{\"expression\":\"GPL-3.0-only OR Apache-2.0\"}");
    bom("1.6");
    assertThat(run().checks().get(4).verdict()).isEqualTo(new Verdict.Pass(4));
  }

  @Test
  void tellsWhoBuiltWhatAndWhen() throws Exception {
    bom("1.6");
    built("0123abc", "clean", Sha256.of(home.resolve("target/bom.json")));
    SuiteResult result = run();
    assertThat(result.checks().get(6).verdict()).isEqualTo(new Verdict.Pass(1));
    assertThat(result.facts().get("build")).startsWith("0123abc (clean), 2026-11-22T01:00:00Z to ");
  }

  @Test
  void tellsWhenNobodyCanLookUpWhatWasBuilt() throws Exception {
    bom("1.6");
    String digest = Sha256.of(home.resolve("target/bom.json"));
    built("0123abc", "changed", digest);
    assertThat(summary(run(), 6))
        .isEqualTo("this was not built from 0123abc as it is in the repository");
    built("", "unknown", digest);
    assertThat(summary(again(), 6)).isEqualTo("nobody can tell from which commit this was built");
    built("0123abc", "clean", "0".repeat(64));
    assertThat(missing(again(), 6))
        .isEqualTo("target/build.json is about another build: build again");
  }

  @Test
  void holdsWhatShipsAgainstAdvisories() throws Exception {
    bom("1.6");
    Path database = Files.createDirectory(home.resolve("advisories"));
    Files.writeString(
        database.resolve("GHSA-1.json"),
        Osv.advisory(
            "GHSA-1", "g:shared", Osv.scored("CVSS_V4", Osv.HIGH_V4), Osv.introduced("1.0")));
    options =
        SupplyChainOptions.NONE.withAdvisories(
            database, home, LocalDate.parse("2026-11-22"), List.of());
    SuiteResult result = run();
    assertThat(summary(result, 7))
        .isEqualTo("g:shared:1.0 has a known vulnerability, GHSA-1 (HIGH): It breaks.");
    assertThat(result.facts().get("advisories"))
        .contains("1 documents, 1 about Maven", "1 about packages that ship");
    assertThat(new SupplyChainJudge().judge(raw)).isEqualTo(result);
  }

  @Test
  void refusesRawDataWithAnotherBillOfMaterials() throws Exception {
    bom("1.6");
    run();
    Files.writeString(raw.resolve("bom.json"), "{}");
    assertThatThrownBy(() -> new SupplyChainJudge().judge(raw)).hasMessageContaining("bom.json");
  }

  @Test
  void refusesAShortenedListOfJars() throws Exception {
    bom("1.6");
    run();
    Path list = raw.resolve("subjects.json");
    Files.writeString(list, Files.readString(list).replace("\"count\" : 4", "\"count\" : 5"));
    assertThatThrownBy(() -> new SupplyChainJudge().judge(raw)).hasMessageContaining("count");
  }

  private SuiteResult run() throws HarnessException {
    RunSettings settings = new RunSettings(Profile.QUICK, 1, Consent.READ_ONLY, false);
    return new SupplyChainSuite(home, options)
        .run(new SuiteContext(settings, raw, Progress.SILENT));
  }

  private SuiteResult again() throws Exception {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(raw)) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
    return run();
  }

  private void built(String commit, String tree, String bomSha256) throws IOException {
    Json.write(
        home.resolve("target/build.json"),
        new BuildRecord(
            BuildRecord.SCHEMA,
            "urn:plumbline:builder:unnamed",
            commit,
            tree,
            Instant.parse("2026-11-22T01:00:00Z"),
            Instant.parse("2026-11-22T01:01:00Z"),
            "25.0.1 Eclipse Adoptium",
            "3.9.9",
            bomSha256));
  }

  private Path rawAfter(SuiteResult result) {
    assertThat(result.checks()).isNotEmpty();
    return raw;
  }

  private static List<String> words(SuiteResult result) {
    return result.checks().stream()
        .map(check -> check.verdict().getClass().getSimpleName())
        .toList();
  }

  private static String summary(SuiteResult result, int check) {
    return ((Verdict.Fail) result.checks().get(check).verdict()).findings().getFirst().summary();
  }

  private static String missing(SuiteResult result, int check) {
    return ((Verdict.NotObserved) result.checks().get(check).verdict()).missing();
  }

  private void component(String name, String licences) {
    components.add(
        """
        {"group":"g","name":"%s","version":"1","purl":"pkg:maven/g/%s@1?type=jar","licenses":[%s]}\
        """
            .formatted(name, name, licences));
  }

  private void jar(String folder, String name, String version, String classifier, String content)
      throws IOException {
    String suffix = classifier.isEmpty() ? "" : "-" + classifier;
    Path jar = home.resolve(folder).resolve(name + "-" + version + suffix + ".jar");
    Files.writeString(jar, content);
    components.add(
        """
        {"group":"g","name":"%s","version":"%s","purl":"pkg:maven/g/%s@%s?%stype=jar",
         "hashes":[{"alg":"SHA-1","content":"x"},{"alg":"SHA-256","content":"%s"}],
         "licenses":[{"license":{"id":"MIT"}}]}\
        """
            .formatted(
                name,
                version,
                name,
                version,
                classifier.isEmpty() ? "" : "classifier=" + classifier + "&",
                Sha256.of(jar)));
  }

  private void bom(String version) throws IOException {
    Files.createDirectories(home.resolve("target"));
    Files.writeString(
        home.resolve("target/bom.json"),
        "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\""
            + version
            + "\",\"components\":["
            + String.join(",", components)
            + "]}");
  }
}
