package dev.plumbline.supplychain;

import dev.plumbline.evidence.model.Finding;
import dev.plumbline.evidence.model.Verdict;
import dev.plumbline.supplychain.Rebuild.Artifact;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Whether what ships is what its commit builds to, wherever it is built (C15). */
final class RebuildCheck {
  private static final String AGAIN =
      "run .ci/reproducible on the commit that ships, and verify --rebuild target/reproducible/rebuild.json";

  private RebuildCheck() {}

  static Verdict same(@Nullable Rebuild rebuild, Subjects subjects) {
    if (rebuild == null) {
      return new Verdict.NotObserved(
          "no rebuild was compared: .ci/reproducible, then verify --rebuild target/reproducible/rebuild.json");
    }
    List<Finding> findings = new ArrayList<>();
    Map<String, Artifact> rebuilt = new TreeMap<>();
    for (Artifact artifact : rebuild.artifacts()) {
      rebuilt.put(artifact.path(), artifact);
      if (!artifact.same()) {
        findings.add(differing(rebuild, artifact));
      }
    }
    Map<String, String> shipped = shipped(subjects);
    shipped.forEach(
        (path, digest) -> {
          Artifact artifact = rebuilt.remove(path);
          if (artifact == null || !artifact.sha256().contains(digest)) {
            findings.add(other(rebuild, path, digest, artifact));
          }
        });
    for (Artifact left : rebuilt.values()) {
      findings.add(
          finding(
              left.path() + " is built from the commit and does not ship",
              rebuild.commit(),
              left.sha256().getFirst(),
              "everything that the commit builds to",
              "no such file",
              AGAIN));
    }
    return Conclusions.verdict(findings, shipped.size());
  }

  private static Map<String, String> shipped(Subjects subjects) {
    Map<String, String> shipped = new TreeMap<>();
    subjects.subjects().forEach(jar -> shipped.put(jar.folder() + "/" + jar.file(), jar.sha256()));
    if (subjects.bomSha256() != null) {
      shipped.put(SupplyChainSuite.BOM, subjects.bomSha256());
    }
    return shipped;
  }

  private static Finding differing(Rebuild rebuild, Artifact artifact) {
    String difference = artifact.difference();
    return finding(
        artifact.file()
            + " has other bytes in each build"
            + (difference == null ? "" : ": " + difference),
        "two builds of " + rebuild.commit(),
        artifact.path() + " sha256 " + String.join(", ", artifact.sha256()),
        "the same bytes, wherever and whenever it is built",
        difference == null ? "other bytes" : difference,
        "find what writes time, place or order into it; .ci/reproducible keeps both builds");
  }

  private static Finding other(
      Rebuild rebuild, String path, String digest, @Nullable Artifact artifact) {
    return finding(
        path + " is not what the commit builds to",
        path + " sha256 " + digest,
        artifact == null
            ? "not built from " + rebuild.commit()
            : "sha256 " + String.join(", ", artifact.sha256()),
        "the bytes of a rebuild of the commit that ships",
        artifact == null ? "a file that no rebuild made" : "other bytes than any rebuild's",
        AGAIN);
  }

  private static Finding finding(
      String summary, String sent, String received, String expected, String actual, String fix) {
    return Conclusions.finding(Rebuild.FILE, summary, sent, received, expected, actual, fix);
  }
}
