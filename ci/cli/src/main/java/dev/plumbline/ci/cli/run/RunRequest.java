package dev.plumbline.ci.cli.run;

import dev.plumbline.ci.cli.config.TargetChoice;
import dev.plumbline.conformance.run.Selection;
import dev.plumbline.evidence.bundle.gate.Baseline;
import dev.plumbline.evidence.bundle.gate.KeptReproducers;
import dev.plumbline.evidence.bundle.sign.SigningKey;
import dev.plumbline.evidence.model.RunSettings;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.perf.reliability.raw.Part;
import dev.plumbline.supplychain.SupplyChainOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Everything one run needs to know, checked and resolved.
 *
 * @param suites what to run, in this order
 * @param target which server
 * @param settings the decisions that are part of the evidence
 * @param out the folder run folders are made in
 * @param baseline accepted findings
 * @param key what signs the bundle
 * @param toxiproxy {@code HOST:PORT} of a running Toxiproxy
 * @param modes failure modes to inject; empty for all
 * @param selection which clauses to judge
 * @param parts parts of the reliability core to measure; empty for all
 * @param readOnlyTools tools the owner knows to be read-only
 * @param peers software made by others that takes part
 * @param supplyChain what was found out beforehand about what ships
 * @param kept failures found before, kept until they are fixed
 */
public record RunRequest(
    List<Suite> suites,
    TargetChoice target,
    RunSettings settings,
    Path out,
    Baseline baseline,
    SigningKey key,
    Optional<String> toxiproxy,
    Set<String> modes,
    Selection selection,
    Set<Part> parts,
    Set<String> readOnlyTools,
    Peers peers,
    SupplyChainOptions supplyChain,
    KeptReproducers kept) {
  /** Copies the collections. */
  public RunRequest {
    suites = List.copyOf(suites);
    modes = Set.copyOf(modes);
    parts = Set.copyOf(parts);
    readOnlyTools = Set.copyOf(readOnlyTools);
  }
}
