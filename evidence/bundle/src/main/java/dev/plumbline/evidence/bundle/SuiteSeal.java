package dev.plumbline.evidence.bundle;

import dev.plumbline.evidence.bundle.sign.Digests;
import dev.plumbline.evidence.bundle.sign.FileTree;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.RunFolder;
import dev.plumbline.evidence.model.RunManifest;
import dev.plumbline.evidence.model.RunSettings;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.TargetIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Ties the raw data of one suite to one run of one target: {@code raw/seals/<suite>.json}, written
 * when the suite ends. Raw data without a seal, or with the seal of another run or target, is no
 * evidence.
 *
 * @param schema the version of this form, {@link #SCHEMA}
 * @param runId the run
 * @param suite the suite
 * @param sealedAt when the suite ended
 * @param target who was judged
 * @param settings the user's decisions
 * @param files how many files the suite's raw folder holds
 * @param digest SHA-256 over the sorted list of their digests and paths
 */
public record SuiteSeal(
    String schema,
    String runId,
    Suite suite,
    Instant sealedAt,
    TargetIdentity target,
    RunSettings settings,
    int files,
    String digest) {
  /** The current version of the form. */
  public static final String SCHEMA = "plumbline/suite-seal/v1";

  private static final String FOLDER = "seals";

  /**
   * Seals the raw folder of a suite that has ended.
   *
   * @param now the time, from the caller's clock
   */
  public static SuiteSeal write(
      RunFolder folder,
      Suite suite,
      String runId,
      RunSettings settings,
      TargetIdentity target,
      Instant now)
      throws IOException {
    Map<String, Path> files = FileTree.files(folder.raw(suite));
    SuiteSeal seal =
        new SuiteSeal(SCHEMA, runId, suite, now, target, settings, files.size(), digestOf(files));
    Files.createDirectories(file(folder, suite).getParent());
    Json.write(file(folder, suite), seal);
    return seal;
  }

  /** Why the raw data of a suite is no evidence of this run; empty when it is. */
  static Optional<String> problem(RunFolder folder, RunManifest run, Suite suite)
      throws IOException {
    SuiteSeal seal;
    try {
      seal = Schemas.SUITE_SEAL.read(folder, file(folder, suite), SuiteSeal.class);
    } catch (NoSuchFileException e) {
      return Optional.of("its raw data was never sealed");
    }
    if (seal.suite() != suite) {
      return Optional.of("its seal is that of " + seal.suite().id());
    }
    if (!seal.runId().equals(run.runId())) {
      return Optional.of("its raw data is from another run, " + seal.runId());
    }
    if (!seal.target().equals(run.target())) {
      return Optional.of("its raw data is about another target, " + seal.target().address());
    }
    if (!seal.settings().equals(run.settings())) {
      return Optional.of("its raw data was made with other settings");
    }
    if (seal.sealedAt().isBefore(run.started()) || seal.sealedAt().isAfter(run.ended())) {
      return Optional.of("its raw data was sealed outside the time of the run");
    }
    Map<String, Path> files = FileTree.files(folder.raw(suite));
    if (files.isEmpty()) {
      return Optional.of("it has no raw data");
    }
    if (seal.files() != files.size() || !seal.digest().equals(digestOf(files))) {
      return Optional.of("its raw data changed after the suite ended");
    }
    return Optional.empty();
  }

  private static Path file(RunFolder folder, Suite suite) {
    return folder.raw().resolve(FOLDER).resolve(suite.id() + ".json");
  }

  private static String digestOf(Map<String, Path> files) throws IOException {
    StringBuilder list = new StringBuilder();
    for (Map.Entry<String, Path> file : files.entrySet()) {
      list.append(Digests.sha256(file.getValue())).append("  ").append(file.getKey()).append('\n');
    }
    return Digests.sha256(list.toString().getBytes(StandardCharsets.UTF_8));
  }
}
