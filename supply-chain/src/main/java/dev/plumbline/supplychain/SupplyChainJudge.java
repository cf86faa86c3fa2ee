package dev.plumbline.supplychain;

import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Judge;
import dev.plumbline.evidence.model.Level;
import dev.plumbline.evidence.model.Measurement;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.SuiteResult;
import dev.plumbline.evidence.model.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Judges what ships: what it is made of, what is known about that, and what tests reach of it. */
public final class SupplyChainJudge implements Judge {
  /** How many checks there are. */
  static final int CHECKS = 11;

  private static final String CYCLONE_DX = "https://cyclonedx.org/docs/1.6/json/";
  private static final String SPDX = "https://spdx.org/licenses/";
  private static final String PROVENANCE = "https://slsa.dev/spec/v1.0/provenance";
  private static final String OSV = "https://ossf.github.io/osv-schema/";
  private static final String REPRODUCIBLE = "https://reproducible-builds.org/docs/definition/";

  private final LicenceTable licences = LicenceTable.standard();

  @Override
  public Suite suite() {
    return Suite.SUPPLY_CHAIN;
  }

  @Override
  public SuiteResult judge(Path raw) throws IOException {
    Subjects subjects = Subjects.read(raw);
    @Nullable BillOfMaterials bom =
        subjects.bomSha256() == null ? null : BillOfMaterials.read(raw.resolve(Subjects.BOM));
    Path second = raw.resolve(Rebuild.FILE);
    @Nullable Rebuild rebuild = Files.exists(second) ? Rebuild.read(second) : null;
    Path advisories = raw.resolve(Advisories.FILE);
    @Nullable Advisories known = Files.exists(advisories) ? Advisories.read(advisories) : null;
    VulnerabilityChecks vulnerabilities = new VulnerabilityChecks(bom, known);
    Path record = raw.resolve(BuildRecord.FILE);
    @Nullable BuildRecord build = Files.exists(record) ? BuildRecord.read(record) : null;
    String[] database = known == null ? new String[] {} : new String[] {Advisories.FILE};
    int components = bom == null ? 0 : bom.components().size();
    List<Measurement> counts =
        List.of(
            Measurement.of("components", components, "1", components),
            Measurement.of("shipped jars", subjects.distinct().size(), "1", subjects.count()));
    List<CheckResult> checks =
        List.of(
            new CheckResult(
                "SBOM-001",
                "A CycloneDX 1.6 bill of materials ships",
                Level.MUST,
                null,
                null,
                CYCLONE_DX,
                BillChecks.present(bom),
                counts,
                files(Subjects.BOM, Subjects.FILE)),
            check(
                "SBOM-002",
                "Every shipped jar is a component of the bill of materials",
                Level.MUST,
                CYCLONE_DX,
                BillChecks.listed(bom, subjects),
                Subjects.BOM,
                Subjects.FILE),
            check(
                "SBOM-003",
                "Every shipped jar has the digest its component states",
                Level.MUST,
                CYCLONE_DX,
                BillChecks.matching(bom, subjects),
                Subjects.BOM,
                Subjects.FILE),
            check(
                "SBOM-004",
                "Every component states a licence",
                Level.SHOULD,
                CYCLONE_DX,
                BillChecks.licensed(bom),
                Subjects.BOM,
                Subjects.FILE),
            check(
                "SBOM-005",
                "No licence of a component forbids shipping it under Apache-2.0",
                Level.MUST,
                SPDX,
                LicenceCheck.compatible(bom, licences),
                Subjects.BOM),
            check(
                "BLD-001",
                "A rebuild of the commit gives the same bytes",
                Level.MUST,
                REPRODUCIBLE,
                RebuildCheck.same(rebuild, subjects),
                rebuild == null ? new String[] {} : new String[] {Rebuild.FILE, Subjects.FILE}),
            check(
                "BLD-002",
                "It is recorded who built what ships, from which commit and when",
                Level.SHOULD,
                PROVENANCE,
                BuildRecord.known(build, subjects),
                build == null ? new String[] {} : new String[] {BuildRecord.FILE}),
            check(
                "VULN-001",
                "Nothing that ships has a known grave vulnerability",
                Level.MUST,
                OSV,
                vulnerabilities.grave(),
                database),
            check(
                "VULN-002",
                "Nothing that ships has another known vulnerability",
                Level.SHOULD,
                OSV,
                vulnerabilities.lesser(),
                database),
            check(
                "VULN-003",
                "Every waiver of a vulnerability is needed and has not ended",
                Level.SHOULD,
                OSV,
                vulnerabilities.waivers(),
                database),
            CoverageCheck.of(ReachedLines.recorded(raw)));
    Map<String, String> facts = new TreeMap<>(facts(subjects, bom, rebuild));
    if (build != null) {
      facts.put("build", build.text());
    }
    if (known != null) {
      facts.put("advisories", known.text());
    }
    if (!vulnerabilities.waived().isEmpty()) {
      facts.put("waived", vulnerabilities.waived());
    }
    return new SuiteResult(Suite.SUPPLY_CHAIN, checks, facts);
  }

  private Map<String, String> facts(
      Subjects subjects, @Nullable BillOfMaterials bom, @Nullable Rebuild rebuild) {
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
    if (bom != null) {
      facts.put("licences", LicenceCheck.counted(bom, licences));
    }
    if (rebuild != null) {
      facts.put(
          "rebuild",
          rebuild.builds().size()
              + " builds of "
              + rebuild.commit()
              + ", "
              + rebuild.artifacts().stream().filter(Rebuild.Artifact::same).count()
              + " of "
              + rebuild.count()
              + " artifacts the same in all");
    }
    return facts;
  }

  private static CheckResult check(
      String id, String title, Level level, String page, Verdict verdict, String... raw) {
    return new CheckResult(id, title, level, null, null, page, verdict, List.of(), files(raw));
  }

  private static List<String> files(String... names) {
    return List.of(names).stream().map(name -> Conclusions.RAW + name).toList();
  }
}
