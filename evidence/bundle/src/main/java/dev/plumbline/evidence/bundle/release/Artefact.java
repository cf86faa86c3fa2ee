package dev.plumbline.evidence.bundle.release;

import dev.plumbline.evidence.bundle.sign.Provenance;
import dev.plumbline.evidence.model.RunFolder;
import dev.plumbline.evidence.model.Suite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file that a release is asked for, and where it lies.
 *
 * @param asked the name it is asked for by
 * @param path its path in the bundle, or beside the sources of Plumbline
 * @param there whether it lies in this bundle
 * @param note what has to be known about it; null where nothing has
 */
public record Artefact(String asked, String path, boolean there, @Nullable String note) {
  private static final String APART = "not of one run: it lies beside the sources";

  static List<Artefact> of(RunFolder folder, Set<Suite> results) throws IOException {
    List<Artefact> all = new ArrayList<>();
    all.add(raw(folder, "throughput_report.json", "raw/reliability/throughput/throughput.json"));
    all.add(raw(folder, "scaling_report.json", "raw/reliability/registry/figures.jsonl"));
    all.add(result(results, "protocol_compliance.json", Suite.CONFORMANCE));
    all.add(raw(folder, "lifecycle_report.json", "raw/reliability/tables/figures.jsonl"));
    all.add(raw(folder, "security_audit.json", "raw/reliability/attacks/figures.jsonl"));
    all.add(raw(folder, "SBOM.cyclonedx", "raw/supply-chain/bom.json"));
    all.add(
        new Artefact(
            "PROVENANCE.attestation",
            "attestations/provenance.dsse.json",
            Provenance.statement(folder).isPresent(),
            "signed, of the build that is named in it"));
    all.add(raw(folder, "vulnerability_scan.json", "raw/supply-chain/advisories.json"));
    all.add(new Artefact("EVIDENCE-BUNDLE.json", "release.json", true, "this file"));
    all.add(new Artefact("CTO-WHITEPAPER.md", "docs/paper.md", false, APART));
    all.add(new Artefact("RELEASE-NOTES.md", "docs/release-notes.md", false, APART));
    return all;
  }

  private static Artefact raw(RunFolder folder, String asked, String path) {
    boolean there = Files.isRegularFile(folder.root().resolve(path), LinkOption.NOFOLLOW_LINKS);
    return new Artefact(asked, path, there, there ? null : "not part of this run");
  }

  private static Artefact result(Set<Suite> results, String asked, Suite suite) {
    boolean there = results.contains(suite);
    return new Artefact(
        asked, "results/" + suite.id() + ".json", there, there ? null : "not part of this run");
  }
}
