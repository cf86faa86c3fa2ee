package dev.plumbline.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.chaos.proxy.Backend;
import dev.plumbline.chaos.proxy.FaultProxies;
import dev.plumbline.chaos.proxy.ProxyChoice;
import dev.plumbline.conformance.probe.Probe;
import dev.plumbline.conformance.probe.ProbeReport;
import dev.plumbline.conformance.target.BundledOptions;
import dev.plumbline.conformance.target.Installation;
import dev.plumbline.conformance.target.Target;
import dev.plumbline.conformance.target.Targets;
import dev.plumbline.evidence.model.Consent;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.Profile;
import dev.plumbline.evidence.model.Progress;
import dev.plumbline.evidence.model.RunSettings;
import dev.plumbline.evidence.model.SuiteContext;
import dev.plumbline.evidence.model.SuiteResult;
import dev.plumbline.evidence.model.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bundled server under every fault proxy this machine has. */
@Timeout(180)
final class BundledServerIT {
  private static final long SEED = 0x7f3a;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"embedded", "path", "container"})
  void holdsInAllFailureModesAndLeavesNothingBehind(String proxy) throws Exception {
    assumeAvailable(proxy);
    Path raw = Files.createDirectories(folder.resolve("chaos"));
    try (Target target = Targets.bundled(Installation.current(), BundledOptions.plain())) {
      ProbeReport probe = new Probe().run(target, folder.resolve("probe.json"));
      ChaosOptions options = ChaosOptions.of(List.of(), proxy, System.getenv());
      SuiteResult result =
          new ChaosSuite(options)
              .run(
                  target,
                  probe,
                  new SuiteContext(
                      new RunSettings(Profile.QUICK, SEED, Consent.DESTRUCTIVE, true),
                      raw,
                      Progress.SILENT));
      assertThat(result.checks())
          .as(Json.write(result))
          .hasSize(3)
          .allSatisfy(check -> assertThat(check.verdict()).isInstanceOf(Verdict.Pass.class))
          .allSatisfy(
              check ->
                  assertThat(check.measurements())
                      .anyMatch(m -> m.name().equals("sessions left behind")));
      assertThat(new ChaosJudge().judge(raw)).isEqualTo(result);
    }
  }

  private static void assumeAvailable(String proxy) throws InterruptedException {
    Assumptions.assumeTrue(
        Files.isDirectory(Installation.current().server()),
        "not run: the bundled server is not built");
    Map<String, String> environment = System.getenv();
    if (proxy.equals(Backend.Kind.PATH.id())) {
      Assumptions.assumeTrue(
          FaultProxies.onPath(environment.getOrDefault("PATH", "")).isPresent(),
          "not run: there is no toxiproxy-server on the PATH");
    }
    if (proxy.equals(Backend.Kind.CONTAINER.id())) {
      String image = environment.getOrDefault(ProxyChoice.IMAGE_VARIABLE, "");
      String obstacle = FaultProxies.containerObstacle(image).orElse("");
      Assumptions.assumeTrue(obstacle.isEmpty(), "not run: " + obstacle);
    }
  }
}
