package dev.plumbline.ci.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.ci.cli.config.TargetChoice;
import dev.plumbline.conformance.run.Selection;
import dev.plumbline.evidence.bundle.gate.Baseline;
import dev.plumbline.evidence.bundle.gate.KeptReproducers;
import dev.plumbline.evidence.bundle.sign.SigningKey;
import dev.plumbline.evidence.model.Consent;
import dev.plumbline.evidence.model.Profile;
import dev.plumbline.evidence.model.RunSettings;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.supplychain.SupplyChainOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command that checks one thing again. */
final class AgainTest {
  @TempDir Path folder;

  @Test
  void holdsWhatShipsAgainstTheSameAdvisories() throws Exception {
    Path advisories = Files.createDirectory(folder.resolve("advisories"));
    Files.writeString(
        advisories.resolve("GHSA-1.json"),
        "{\"id\": \"GHSA-1\", \"modified\": \"2026-11-20T10:00:00Z\", \"affected\": []}");
    SupplyChainOptions options =
        SupplyChainOptions.NONE.withAdvisories(
            advisories, folder, LocalDate.parse("2026-11-22"), List.of());
    assertThat(Again.words(Suite.SUPPLY_CHAIN, "VULN-001", request(options)))
        .containsExactly("verify", "--advisories", advisories.toString(), "--seed", "1");
  }

  @Test
  void needsNoFileWhenNoneWasGiven() throws Exception {
    assertThat(Again.words(Suite.SUPPLY_CHAIN, "SBOM-002", request(SupplyChainOptions.NONE)))
        .containsExactly("verify", "--seed", "1");
  }

  private RunRequest request(SupplyChainOptions options) throws Exception {
    return new RunRequest(
        List.of(Suite.SUPPLY_CHAIN),
        new TargetChoice.Bundled(null),
        new RunSettings(Profile.QUICK, 1, Consent.READ_ONLY, false),
        folder,
        Baseline.NONE,
        SigningKey.choose(Optional.empty(), Map.of()),
        Optional.empty(),
        Set.of(),
        Selection.ALL,
        Set.of(),
        Set.of(),
        Peers.NONE,
        options,
        KeptReproducers.NONE);
  }
}
