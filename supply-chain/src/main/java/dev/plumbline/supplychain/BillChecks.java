package dev.plumbline.supplychain;

import dev.plumbline.evidence.model.Finding;
import dev.plumbline.evidence.model.Verdict;
import dev.plumbline.supplychain.BillOfMaterials.Component;
import dev.plumbline.supplychain.Subjects.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The bill of materials against the jars that ship. */
final class BillChecks {
  private static final String FORMAT = "CycloneDX";
  private static final String VERSION = "1.6";

  private BillChecks() {}

  static Verdict present(@Nullable BillOfMaterials bom) {
    if (bom == null) {
      return missing("the build left no target/bom.json");
    }
    if (!bom.format().equals(FORMAT)
        || !bom.version().equals(VERSION)
        || bom.components().isEmpty()) {
      String found =
          bom.format() + " " + bom.version() + ", " + bom.components().size() + " components";
      return new Verdict.Fail(
          Conclusions.finding(
              Subjects.BOM,
              "the bill of materials is not a CycloneDX 1.6 document with components",
              "",
              found,
              FORMAT + " " + VERSION + ", at least one component",
              found,
              Conclusions.BUILD));
    }
    return new Verdict.Pass(bom.components().size());
  }

  static Verdict listed(@Nullable BillOfMaterials bom, Subjects subjects) {
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
              Conclusions.BUILD));
    }
    for (Subject jar : subjects.distinct()) {
      if (!bom.components().containsKey(jar.file())) {
        findings.add(
            finding(
                jar.file() + " ships but is no component of the bill of materials",
                jar.folder() + "/" + jar.file() + " sha256 " + jar.sha256(),
                "no such component",
                "a component of this name and version",
                "none",
                "if two versions of the library ship, pin one in the root POM's dependencyManagement; else "
                    + Conclusions.BUILD));
      }
    }
    return Conclusions.verdict(findings, subjects.distinct().size());
  }

  static Verdict matching(@Nullable BillOfMaterials bom, Subjects subjects) {
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
                  Conclusions.BUILD));
        }
      }
    }
    if (compared == 0) {
      return new Verdict.NotObserved("no shipped jar has a component with a SHA-256 digest");
    }
    return Conclusions.verdict(findings, compared);
  }

  static Verdict licensed(@Nullable BillOfMaterials bom) {
    if (bom == null || bom.components().isEmpty()) {
      return new Verdict.NotObserved("there is no bill of materials");
    }
    List<Finding> findings =
        bom.components().values().stream()
            .filter(component -> component.licences().isEmpty())
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
    return Conclusions.verdict(findings, bom.components().size());
  }

  private static Verdict missing(String summary) {
    return new Verdict.Fail(
        finding(
            summary,
            "target/bom.json",
            "no such file",
            "a CycloneDX 1.6 document",
            "nothing",
            Conclusions.BUILD));
  }

  private static Finding finding(
      String summary, String sent, String received, String expected, String actual, String fix) {
    return Conclusions.finding(Subjects.FILE, summary, sent, received, expected, actual, fix);
  }
}
