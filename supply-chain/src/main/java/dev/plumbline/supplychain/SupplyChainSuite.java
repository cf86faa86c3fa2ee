package dev.plumbline.supplychain;

import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.SuiteContext;
import dev.plumbline.evidence.model.SuiteResult;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Records what ships: the bill of materials the build wrote and the digest of every jar on the
 * three runnable class paths. Needs no target and touches no network.
 */
public final class SupplyChainSuite {
  /** The runnable class paths, relative to the installation. */
  static final List<String> SHIPPED =
      List.of("ci/cli/target/dist", "perf/gatling/target/dist", "system-under-test/target/dist");

  private static final String BOM = "target/bom.json";

  private final Path home;

  /**
   * @param home the installation, the folder that holds {@code target/bom.json}
   */
  public SupplyChainSuite(Path home) {
    this.home = home;
  }

  /**
   * Records and judges.
   *
   * @throws HarnessException when a file cannot be read or written
   */
  public SuiteResult run(SuiteContext context) throws HarnessException {
    SupplyChainJudge judge = new SupplyChainJudge();
    context.progress().planned(Suite.SUPPLY_CHAIN, SupplyChainJudge.CHECKS, 0);
    try {
      record(context.raw());
      SuiteResult result = judge.judge(context.raw());
      result
          .checks()
          .forEach(
              check -> {
                context.progress().started(Suite.SUPPLY_CHAIN, check.id(), check.title());
                context.progress().finished(Suite.SUPPLY_CHAIN, check);
              });
      return result;
    } catch (IOException e) {
      throw new HarnessException("the supply chain cannot be recorded: " + e.getMessage(), e);
    }
  }

  private void record(Path raw) throws IOException {
    @Nullable String digest = null;
    Path bom = home.resolve(BOM);
    if (Files.isRegularFile(bom)) {
      Files.copy(bom, raw.resolve(Subjects.BOM));
      digest = Sha256.of(raw.resolve(Subjects.BOM));
    }
    List<Subjects.Subject> subjects = new ArrayList<>();
    List<String> empty = new ArrayList<>();
    for (String folder : SHIPPED) {
      List<Subjects.Subject> jars = jars(folder);
      subjects.addAll(jars);
      if (jars.isEmpty()) {
        empty.add(folder);
      }
    }
    Json.write(
        raw.resolve(Subjects.FILE),
        new Subjects(Subjects.SCHEMA, digest, empty, subjects.size(), subjects));
  }

  private List<Subjects.Subject> jars(String folder) throws IOException {
    Path path = home.resolve(folder);
    List<Subjects.Subject> subjects = new ArrayList<>();
    if (Files.isDirectory(path)) {
      TreeSet<Path> sorted = new TreeSet<>();
      try (DirectoryStream<Path> jars = Files.newDirectoryStream(path, "*.jar")) {
        jars.forEach(sorted::add);
      }
      for (Path jar : sorted) {
        String name = String.valueOf(jar.getFileName());
        subjects.add(new Subjects.Subject(folder, name, Sha256.of(jar), Files.size(jar)));
      }
    }
    return subjects;
  }
}
