package dev.plumbline.ci.cli.requirement;

import dev.plumbline.chaos.mode.FailureModes;
import dev.plumbline.conformance.ledger.Ledger;
import dev.plumbline.evidence.bundle.gate.Gates;
import dev.plumbline.evidence.model.Profile;
import dev.plumbline.evidence.model.TargetIdentity;
import dev.plumbline.perf.bench.Benchmarks;
import dev.plumbline.perf.reliability.demand.Demands;
import dev.plumbline.perf.slo.SloFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The ids of every check and every gate there is. */
final class KnownChecks {
  private static final Path HOME = Path.of(System.getProperty("plumbline.home", "../.."));

  private KnownChecks() {}

  static Set<String> all() throws Exception {
    Set<String> known = new HashSet<>(Gates.ids());
    Demands.all().forEach(demand -> known.add(demand.id()));
    Benchmarks.all().forEach(benchmark -> known.add(benchmark.id()));
    FailureModes.all().forEach(mode -> known.add(mode.id()));
    SloFile.standard()
        .rows(TargetIdentity.Kind.BUNDLED, Profile.STANDARD, Map.of())
        .forEach(row -> known.add(row.id()));
    Ledger.load().clauses().stream()
        .filter(clause -> clause.rule() != null)
        .forEach(clause -> known.add(clause.id()));
    Pattern.compile("\"((?:SBOM|BLD|VULN)-[0-9]+)\"")
        .matcher(
            Files.readString(
                HOME.resolve(
                    "supply-chain/src/main/java/dev/plumbline/supplychain/SupplyChainJudge.java")))
        .results()
        .forEach(found -> known.add(found.group(1)));
    return known;
  }
}
