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
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Records what ships: the bill of materials the build wrote and the digest of every jar on the
 * three runnable class paths, and how much of it the tests of the build reached. Needs no target
 * and touches no network.
 */
public final class SupplyChainSuite {
  /** The runnable class paths, relative to the installation. */
  static final List<String> SHIPPED =
      List.of("ci/cli/target/dist", "perf/gatling/target/dist", "system-under-test/target/dist");

  static final String BOM = "target/bom.json";

  private static final String BUILD = "target/build.json";

  private final Path home;
  private final SupplyChainOptions options;

  /**
   * @param home the installation, the folder that holds {@code target/bom.json}
   * @param options what was made beforehand
   */
  public SupplyChainSuite(Path home, SupplyChainOptions options) {
    this.home = home;
    this.options = options;
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

  /** The packages that ship, {@code group:artifact}; none without a bill of materials. */
  static Set<String> packages(Path home) throws IOException {
    Path bom = home.resolve(BOM);
    return Files.isRegularFile(bom)
        ? BillOfMaterials.read(bom).components().values().stream()
            .flatMap(component -> component.maven().stream())
            .map(BillOfMaterials.Coordinates::name)
            .collect(Collectors.toSet())
        : Set.of();
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
    Path build = home.resolve(BUILD);
    if (Files.isRegularFile(build)) {
      Files.copy(build, raw.resolve(BuildRecord.FILE));
    }
    Rebuild rebuild = options.rebuild();
    if (rebuild != null) {
      Json.write(raw.resolve(Rebuild.FILE), rebuild);
    }
    Advisories advisories = options.advisories();
    if (advisories != null) {
      Json.write(raw.resolve(Advisories.FILE), advisories);
    }
    recordReached(raw);
  }

  /** What tests reached of other classes than those that ship says nothing about these. */
  private void recordReached(Path raw) throws IOException {
    Optional<ReachedLines> reached = ReachedLines.below(home);
    if (reached.isEmpty()) {
      return;
    }
    FileTime counted = Files.getLastModifiedTime(home.resolve(ReachedLines.TABLE));
    for (String folder : SHIPPED) {
      if (!Files.isDirectory(home.resolve(folder))) {
        continue;
      }
      try (DirectoryStream<Path> jars = Files.newDirectoryStream(home.resolve(folder), "*.jar")) {
        for (Path jar : jars) {
          if (Files.getLastModifiedTime(jar).compareTo(counted) > 0) {
            return;
          }
        }
      }
    }
    Json.write(raw.resolve(ReachedLines.FILE), reached.get());
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
