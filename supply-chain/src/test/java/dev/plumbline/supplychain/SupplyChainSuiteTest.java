package dev.plumbline.supplychain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.evidence.model.Consent;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.Profile;
import dev.plumbline.evidence.model.Progress;
import dev.plumbline.evidence.model.RunSettings;
import dev.plumbline.evidence.model.SuiteContext;
import dev.plumbline.evidence.model.SuiteResult;
import dev.plumbline.evidence.model.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    assertThat(words(run())).containsExactly("Pass", "Pass", "Pass", "Pass");
  }

  @Test
  void judgesTheSameFromTheRawDataAlone() throws Exception {
    bom("1.6");
    assertThat(new SupplyChainJudge().judge(rawAfter(run())))
        .isEqualTo(new SupplyChainJudge().judge(raw));
  }

  @Test
  void failsWithoutABillOfMaterials() throws Exception {
    assertThat(words(run())).containsExactly("Fail", "Fail", "Fail", "NotObserved");
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
    assertThat(words(result)).containsExactly("Pass", "Fail", "Pass", "Pass");
    assertThat(summary(result, 1)).startsWith("smuggled-6.6.6.jar ships but is no component");
  }

  @Test
  void namesAJarThatWasBuiltAgain() throws Exception {
    bom("1.6");
    Files.writeString(home.resolve("system-under-test/target/dist/shared-1.0.jar"), "rebuilt");
    SuiteResult result = run();
    assertThat(words(result)).containsExactly("Pass", "Pass", "Fail", "Pass");
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
    assertThat(words(result)).containsExactly("Pass", "Pass", "Pass", "Fail");
    assertThat(result.checks().getLast().level().isMandatory()).isFalse();
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
    return new SupplyChainSuite(home).run(new SuiteContext(settings, raw, Progress.SILENT));
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
