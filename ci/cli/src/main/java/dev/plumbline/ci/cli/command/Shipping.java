package dev.plumbline.ci.cli.command;

import dev.plumbline.ci.cli.config.UsageException;
import dev.plumbline.conformance.target.Installation;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.supplychain.SupplyChainOptions;
import dev.plumbline.supplychain.Waiver;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Reads what was found out beforehand about what ships. */
final class Shipping {
  private Shipping() {}

  static SupplyChainOptions options(
      Optional<Path> rebuild, Optional<Path> advisories, List<Waiver> waivers)
      throws UsageException, HarnessException {
    SupplyChainOptions options = SupplyChainOptions.NONE;
    if (rebuild.isPresent()) {
      try {
        options = options.withRebuild(rebuild.get());
      } catch (IOException e) {
        throw new UsageException("--rebuild: " + e.getMessage(), e);
      }
    }
    if (advisories.isPresent()) {
      try {
        options =
            options.withAdvisories(
                advisories.get(),
                Installation.current().home(),
                LocalDate.now(ZoneOffset.UTC),
                waivers);
      } catch (IOException e) {
        throw new UsageException("--advisories: " + e.getMessage(), e);
      }
    }
    return options;
  }
}
