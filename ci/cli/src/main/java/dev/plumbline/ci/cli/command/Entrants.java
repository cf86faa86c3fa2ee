package dev.plumbline.ci.cli.command;

import dev.plumbline.ci.cli.config.ConfigurationFile;
import dev.plumbline.ci.cli.config.Seeds;
import dev.plumbline.ci.cli.config.Servers;
import dev.plumbline.ci.cli.config.Servers.Server;
import dev.plumbline.ci.cli.config.UsageException;
import dev.plumbline.ci.cli.fleet.Entrant;
import dev.plumbline.ci.cli.run.Peers;
import dev.plumbline.ci.cli.run.RunRequest;
import dev.plumbline.conformance.run.Selection;
import dev.plumbline.evidence.bundle.gate.Baseline;
import dev.plumbline.evidence.bundle.gate.KeptReproducers;
import dev.plumbline.evidence.bundle.sign.SigningKey;
import dev.plumbline.evidence.bundle.sign.UnusableKeyException;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.Profile;
import dev.plumbline.evidence.model.RunSettings;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.supplychain.SupplyChainOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Makes the requests of several servers from options and {@code servers.yaml}. */
final class Entrants {
  private final Console console;
  private final FleetOptions options;
  private final @Nullable Servers file;
  private final Profile profile;
  private final long seed;

  /**
   * @param file what {@code servers.yaml} says, or null; the command line wins
   */
  Entrants(Console console, FleetOptions options, @Nullable Servers file) throws UsageException {
    this(console, options, file, null);
  }

  /**
   * @param usual the seed when nobody names one, or null for a new one
   */
  Entrants(Console console, FleetOptions options, @Nullable Servers file, @Nullable Long usual)
      throws UsageException {
    this.console = console;
    this.options = options;
    this.file = file;
    Profile stated = file == null ? null : file.profile();
    this.profile =
        options.profile != null
            ? ConfigurationFile.profile(options.profile)
            : stated == null ? Profile.QUICK : stated;
    this.seed = seed(options, file, usual);
  }

  private static long seed(FleetOptions options, @Nullable Servers file, @Nullable Long usual)
      throws UsageException {
    if (options.seed != null) {
      return Seeds.parse(options.seed);
    }
    Long stated = file == null ? usual : file.seed();
    Long known = stated == null ? usual : stated;
    return known == null ? Seeds.random(RandomGenerator.getDefault()) : known;
  }

  String seedText() {
    return Long.toHexString(seed);
  }

  /** One server, judged by the conformance suite alone, below the root. */
  Entrant of(Server server, Path root)
      throws UsageException, HarnessException, UnusableKeyException {
    return of(server, root, List.of());
  }

  /**
   * The same by certain clauses.
   *
   * @param only the clauses when neither options nor file name some; empty for all
   */
  Entrant of(Server server, Path root, List<String> only)
      throws UsageException, HarnessException, UnusableKeyException {
    List<String> stated = file == null || file.only().isEmpty() ? only : file.only();
    Selection selection =
        Selections.of(
            options.only.isEmpty() ? stated : options.only,
            options.tags.isEmpty() && file != null ? file.tags() : options.tags,
            options.era == null ? server.era() : options.era);
    RunRequest request =
        new RunRequest(
            List.of(Suite.CONFORMANCE),
            server.target(),
            new RunSettings(profile, seed, server.consent().level(), false),
            root.resolve(server.name()),
            Baseline.NONE,
            SigningKey.choose(Optional.ofNullable(options.signingKey), console.environment()),
            Optional.empty(),
            Set.of(),
            selection,
            Set.of(),
            Set.copyOf(server.readOnlyTools()),
            Peers.NONE,
            SupplyChainOptions.NONE,
            KeptReproducers.NONE);
    return new Entrant(server.name(), request, server.timeout());
  }
}
