package dev.plumbline.supplychain;

import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Finding;
import dev.plumbline.evidence.model.Judge;
import dev.plumbline.evidence.model.Level;
import dev.plumbline.evidence.model.Measurement;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.SuiteResult;
import dev.plumbline.evidence.model.Verdict;
import dev.plumbline.supplychain.BillOfMaterials.Component;
import dev.plumbline.supplychain.Subjects.Subject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Holds the bill of materials against the jars that ship. */
public final class SupplyChainJudge implements Judge {
  /** How many checks there are. */
  static final int CHECKS = 4;

  private static final String FORMAT = "CycloneDX";
  private static final String VERSION = "1.6";
  private static final String PAGE = "https://cyclonedx.org/docs/1.6/json/";
  private static final String BUILD =
      "run 'mvn package' in a clean clone, which writes target/bom.json and the dist folders, and repeat the run";
  private static final String RAW = "raw/supply-chain/";

  /** More findings than this say nothing new; the rest is counted. */
  private static final int MAX_FINDINGS = 20;

  @Override
  public Suite suite() {
    return Suite.SUPPLY_CHAIN;
  }

  @Override
  public SuiteResult judge(Path raw) throws IOException {
    Subjects subjects = Subjects.read(raw);
    @Nullable BillOfMaterials bom =
        subjects.bomSha256() == null ? null : BillOfMaterials.read(raw.resolve(Subjects.BOM));
    int components = bom == null ? 0 : bom.components().size();
    List<Measurement> counts =
        List.of(
            Measurement.of("components", components, "1", components),
            Measurement.of("shipped jars", distinct(subjects).size(), "1", subjects.count()));
    List<CheckResult> checks =
        List.of(
            check(
                "SBOM-001",
                "A CycloneDX 1.6 bill of materials ships",
                Level.MUST,
                present(bom),
                counts),
            check(
                "SBOM-002",
                "Every shipped jar is a component of the bill of materials",
                Level.MUST,
                listed(bom, subjects),
                List.of()),
            check(
                "SBOM-003",
                "Every shipped jar has the digest its component states",
                Level.MUST,
                matching(bom, subjects),
                List.of()),
            check(
                "SBOM-004",
                "Every component states a licence",
                Level.SHOULD,
                licensed(bom),
                List.of()));
    return new SuiteResult(Suite.SUPPLY_CHAIN, checks, facts(subjects, bom));
  }

  private static Map<String, String> facts(Subjects subjects, @Nullable BillOfMaterials bom) {
    Map<String, String> facts = new TreeMap<>();
    facts.put(
        "bill of materials",
        bom == null
            ? "none"
            : bom.format() + " " + bom.version() + ", sha256 " + subjects.bomSha256());
    for (String folder : SupplyChainSuite.SHIPPED) {
      long jars = subjects.subjects().stream().filter(s -> s.folder().equals(folder)).count();
      facts.put(folder, jars + " jars");
    }
    return facts;
  }

  private static Verdict present(@Nullable BillOfMaterials bom) {
    if (bom == null) {
      return missing("the build left no target/bom.json");
    }
    if (!bom.format().equals(FORMAT)
        || !bom.version().equals(VERSION)
        || bom.components().isEmpty()) {
      return new Verdict.Fail(
          new Finding(
              "the bill of materials is not a CycloneDX 1.6 document with components",
              "",
              bom.format() + " " + bom.version() + ", " + bom.components().size() + " components",
              FORMAT + " " + VERSION + ", at least one component",
              bom.format() + " " + bom.version() + ", " + bom.components().size() + " components",
              BUILD,
              List.of(RAW + Subjects.BOM)));
    }
    return new Verdict.Pass(bom.components().size());
  }

  private static Verdict listed(@Nullable BillOfMaterials bom, Subjects subjects) {
    if (bom == null) {
      return missing("without a bill of materials no jar is listed");
    }
    List<Finding> findings = new ArrayList<>();
    for (String folder : subjects.emptyFolders()) {
      findings.add(
          finding(
              "no jar found in " + folder,
              folder,
              "nothing",
              "the jars that ship",
              "an empty or missing folder",
              BUILD));
    }
    for (Subject jar : distinct(subjects)) {
      if (!bom.components().containsKey(jar.file())) {
        findings.add(
            finding(
                jar.file() + " ships but is no component of the bill of materials",
                jar.folder() + "/" + jar.file() + " sha256 " + jar.sha256(),
                "no such component",
                "a component of this name and version",
                "none",
                "if two versions of the library ship, pin one in the root POM's dependencyManagement; else "
                    + BUILD));
      }
    }
    return verdict(findings, distinct(subjects).size());
  }

  private static Verdict matching(@Nullable BillOfMaterials bom, Subjects subjects) {
    if (bom == null) {
      return missing("without a bill of materials no digest is stated");
    }
    List<Finding> findings = new ArrayList<>();
    int compared = 0;
    for (Subject jar : subjects.subjects()) {
      Optional<String> stated =
          Optional.ofNullable(bom.components().get(jar.file())).flatMap(Component::sha256);
      if (stated.isPresent()) {
        compared++;
        if (!stated.get().equals(jar.sha256())) {
          findings.add(
              finding(
                  jar.file() + " is not the file the bill of materials describes",
                  jar.folder() + "/" + jar.file() + " sha256 " + jar.sha256(),
                  "component sha256 " + stated.get(),
                  "equal digests",
                  "different digests: one was built after the other",
                  BUILD));
        }
      }
    }
    if (compared == 0) {
      return new Verdict.NotObserved("no shipped jar has a component with a SHA-256 digest");
    }
    return verdict(findings, compared);
  }

  private static Verdict licensed(@Nullable BillOfMaterials bom) {
    if (bom == null || bom.components().isEmpty()) {
      return new Verdict.NotObserved("there is no bill of materials");
    }
    List<Finding> findings =
        bom.components().values().stream()
            .filter(component -> !component.licensed())
            .map(Component::name)
            .sorted()
            .map(
                name ->
                    finding(
                        name + " states no licence",
                        name,
                        "no licence",
                        "at least one licence",
                        "none",
                        "find the licence in the component's own project and record it"))
            .toList();
    return verdict(findings, bom.components().size());
  }

  private static Verdict verdict(List<Finding> findings, int examined) {
    if (!findings.isEmpty()) {
      return new Verdict.Fail(findings.subList(0, Math.min(MAX_FINDINGS, findings.size())));
    }
    return examined == 0
        ? new Verdict.NotObserved("nothing to examine")
        : new Verdict.Pass(examined);
  }

  private static Verdict missing(String summary) {
    return new Verdict.Fail(
        finding(
            summary,
            "target/bom.json",
            "no such file",
            "a CycloneDX 1.6 document",
            "nothing",
            BUILD));
  }

  private static Finding finding(
      String summary, String sent, String received, String expected, String actual, String fix) {
    return new Finding(
        summary, sent, received, expected, actual, fix, List.of(RAW + Subjects.FILE));
  }

  /** Each jar once: the class paths share many. */
  private static List<Subject> distinct(Subjects subjects) {
    Map<String, Subject> byName = new TreeMap<>();
    subjects.subjects().forEach(jar -> byName.putIfAbsent(jar.file(), jar));
    return List.copyOf(byName.values());
  }

  private static CheckResult check(
      String id, String title, Level level, Verdict verdict, List<Measurement> measurements) {
    return new CheckResult(
        id,
        title,
        level,
        null,
        null,
        PAGE,
        verdict,
        measurements,
        List.of(RAW + Subjects.BOM, RAW + Subjects.FILE));
  }
}
