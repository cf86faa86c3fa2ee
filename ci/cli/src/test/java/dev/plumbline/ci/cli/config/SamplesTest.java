package dev.plumbline.ci.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.evidence.bundle.gate.Baseline;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What users are given to copy must be what Plumbline reads. */
final class SamplesTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().resolve("../..").normalize();
  private static final Path PROJECT = ROOT.resolve("samples/project");

  @Test
  void theSampleSettingsAreRead() throws Exception {
    Configuration configuration = ConfigurationFile.read(PROJECT.resolve("plumbline.yaml"));

    assertThat(configuration.target())
        .isEqualTo(new TargetChoice.Command(List.of("node", "dist/server.js")));
    assertThat(configuration.baseline()).isEqualTo(PROJECT.resolve("plumbline-baseline.yaml"));
  }

  @Test
  void theSampleBaselineIsRead() throws Exception {
    Baseline baseline = BaselineFile.read(PROJECT.resolve("plumbline-baseline.yaml"));

    assertThat(baseline.entries()).extracting(Baseline.Entry::clause).containsExactly("TOOL-003");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ci/github/verify.yml", "ci/github/nightly.yml", ".github/workflows/build.yml"})
  void theWorkflowsAreYamlWithJobs(String file) throws Exception {
    YamlNode root = YamlReader.read(file, Files.readString(ROOT.resolve(file)));

    assertThat(root).isInstanceOf(YamlNode.Mapping.class);
    assertThat(((YamlNode.Mapping) root).entries())
        .extracting(YamlNode.Entry::key)
        .contains("name", "on", "permissions", "jobs");
  }
}
