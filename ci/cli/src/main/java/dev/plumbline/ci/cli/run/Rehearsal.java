package dev.plumbline.ci.cli.run;

import dev.plumbline.conformance.probe.ProbeReport;
import dev.plumbline.conformance.target.Target;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.TargetException;
import dev.plumbline.evidence.model.TargetIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * A run that stops before it begins: the target is asked what it is, and nothing else is sent, kept
 * or judged.
 *
 * @param identity who would be judged
 * @param probe what it says of itself
 * @param plan what would run
 * @param notRun what would not be looked at, and why
 */
public record Rehearsal(
    TargetIdentity identity, ProbeReport probe, Plan plan, Map<String, String> notRun) {

  /**
   * Asks and plans.
   *
   * @throws TargetException when there would be nothing to judge
   */
  public static Rehearsal of(RunRequest request, BooleanSupplier stopping)
      throws TargetException, HarnessException {
    Introduction introduction = new Introduction(request, stopping);
    Path file = null;
    try (Target target = introduction.open()) {
      file = Files.createTempFile("plumbline-probe", ".json");
      ProbeReport probe = introduction.probe(target, file);
      return new Rehearsal(
          probe.identity(target),
          probe,
          Plan.of(request, target, probe),
          NotRun.byRequest(request));
    } catch (IOException e) {
      throw new HarnessException("cannot keep the probe: " + Causes.reason(e), e);
    } finally {
      forget(file);
    }
  }

  private static void forget(@org.jspecify.annotations.Nullable Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      return; // the temporary folder is emptied some day
    }
  }
}
