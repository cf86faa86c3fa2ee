package dev.plumbline.evidence.bundle;

import dev.plumbline.evidence.bundle.gate.Baseline;
import dev.plumbline.evidence.bundle.gate.DecisionRecord;
import dev.plumbline.evidence.bundle.gate.Gates;
import dev.plumbline.evidence.bundle.gate.KeptReproducers;
import dev.plumbline.evidence.bundle.gate.Policy;
import dev.plumbline.evidence.bundle.report.Reports;
import dev.plumbline.evidence.bundle.sign.Manifest;
import dev.plumbline.evidence.bundle.sign.SigningKey;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.RunFolder;
import dev.plumbline.evidence.model.RunManifest;
import dev.plumbline.evidence.model.SuiteResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Turns a run folder with raw data into a bundle: decided, reported, listed and signed. */
public final class Bundle {
  private Bundle() {}

  /** Puts what the project keeps of failures found before beside the raw data of a run. */
  public static void keep(RunFolder folder, KeptReproducers kept) throws IOException {
    Contents.write(folder, kept);
  }

  /**
   * Seals a run. Also used when a run was cut short: with {@code run.complete()} false and the
   * results of the suites that ended, it gives a bundle that says so and verifies as such.
   *
   * @param folder the run folder; its {@code raw/} holds the raw data and a {@link SuiteSeal} for
   *     each suite that ended
   * @param run what was run
   * @param results what the judges concluded
   * @param baseline accepted failures
   * @param key what to sign with
   * @param now the time of the decision, from the caller's clock
   * @throws IOException when a file cannot be written or read back
   */
  public static Sealed seal(
      RunFolder folder,
      RunManifest run,
      List<SuiteResult> results,
      Baseline baseline,
      SigningKey key,
      Instant now)
      throws IOException {
    Files.createDirectories(folder.raw());
    Files.createDirectories(folder.results());
    Json.write(folder.run(), run);
    for (SuiteResult result : results) {
      Json.write(folder.result(result.suite()), result);
    }
    if (!baseline.entries().isEmpty()) {
      Contents.write(folder, baseline);
    }
    // Read back: the decision is made from what is on the disk, as verification will make it.
    Contents contents = Contents.read(folder);
    DecisionRecord decided = Gates.decide(contents.evidence(), Policy.standard());
    Json.write(folder.decision(), decided);
    for (Map.Entry<String, String> report :
        Reports.render(contents.reported(decided, key.id(), key.selfSigned())).entrySet()) {
      Path file = folder.root().resolve(report.getKey());
      Files.createDirectories(file.getParent());
      Files.write(file, report.getValue().getBytes(StandardCharsets.UTF_8));
    }
    Manifest manifest = Manifest.of(folder.root(), run.runId());
    Json.write(folder.manifest(), manifest);
    Attestations.write(folder, contents, decided, key, now);
    return new Sealed(folder, decided, key.id(), key.selfSigned(), manifest.count());
  }
}
