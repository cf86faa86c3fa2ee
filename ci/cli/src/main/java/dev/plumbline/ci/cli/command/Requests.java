package dev.plumbline.ci.cli.command;

import dev.plumbline.chaos.mode.FailureMode;
import dev.plumbline.chaos.mode.FailureModes;
import dev.plumbline.ci.cli.config.Addresses;
import dev.plumbline.ci.cli.config.BaselineFile;
import dev.plumbline.ci.cli.config.Configuration;
import dev.plumbline.ci.cli.config.ConfigurationFile;
import dev.plumbline.ci.cli.config.ConsentGrant;
import dev.plumbline.ci.cli.config.Ids;
import dev.plumbline.ci.cli.config.Seeds;
import dev.plumbline.ci.cli.config.TargetChoice;
import dev.plumbline.ci.cli.config.UsageException;
import dev.plumbline.ci.cli.repro.Store;
import dev.plumbline.ci.cli.run.Peers;
import dev.plumbline.ci.cli.run.RunRequest;
import dev.plumbline.conformance.referee.RefereeOptions;
import dev.plumbline.evidence.bundle.gate.Baseline;
import dev.plumbline.evidence.bundle.sign.SigningKey;
import dev.plumbline.evidence.bundle.sign.UnusableKeyException;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.Profile;
import dev.plumbline.evidence.model.RunSettings;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.TargetException;
import dev.plumbline.perf.reliability.raw.Part;
import dev.plumbline.supplychain.SupplyChainOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns options and {@code plumbline.yaml} into a request; the command line wins. */
final class Requests {
  static final Path DEFAULT_OUT = Path.of("plumbline-out");

  private final Console console;
  private final TargetOptions target;
  private final RunOptions run;
  private final List<String> arguments;

  /**
   * @param arguments everything that was typed, to tell whether {@code --} was
   */
  Requests(Console console, TargetOptions target, RunOptions run, List<String> arguments) {
    this.console = console;
    this.target = target;
    this.run = run;
    this.arguments = List.copyOf(arguments);
  }

  /**
   * Resolves everything and reads every file named, so that nothing is started in vain.
   *
   * @throws UsageException when the user must change something; one line
   * @throws UnusableKeyException when a signing key was given that cannot sign
   */
  RunRequest resolve(List<Suite> suites)
      throws UsageException,
          UnusableKeyException,
          TargetException,
          HarnessException,
          InterruptedException {
    Configuration file = configuration();
    TargetChoice choice = choice(file);
    Path baseline = first(run.baseline, file.baseline());
    String toxiproxy = first(run.toxiproxy, file.toxiproxy());
    Path out = first(run.out, file.out());
    Peers peers = peers(suites, choice);
    RunSettings settings = settings(file, choice);
    return new RunRequest(
        suites.stream().filter(suite -> runs(suite, peers, choice)).toList(),
        choice,
        settings,
        out == null ? DEFAULT_OUT : out,
        baseline == null ? Baseline.NONE : BaselineFile.read(baseline),
        SigningKey.choose(
            Optional.ofNullable(first(run.signingKey, file.signingKey())), console.environment()),
        toxiproxy == null
            ? Optional.empty()
            : Optional.of(option("--toxiproxy", toxiproxy, Addresses::requireHostAndPort)),
        known(
            "--modes",
            ids("--modes", run.modes, file.modes(), Ids::requireFailureMode),
            FailureModes.all().stream().map(FailureMode::id).toList(),
            "choose from "
                + FailureModes.all().stream()
                    .map(FailureMode::id)
                    .collect(Collectors.joining(", "))),
        Selections.of(run, file),
        parts(suites, settings.profile()),
        Set.copyOf(file.readOnlyTools()),
        peers,
        supplyChain(suites, file),
        new Store(run.store == null ? Store.DEFAULT : run.store)
            .kept(LocalDate.now(ZoneOffset.UTC)));
  }

  /** What takes long is measured when it is asked for, or when there is time. */
  private Set<Part> parts(List<Suite> suites, Profile profile) throws UsageException {
    Set<Part> parts = EnumSet.noneOf(Part.class);
    for (String id : run.parts) {
      parts.add(
          Part.named(id)
              .orElseThrow(
                  () ->
                      new UsageException(
                          "--parts: there is no " + id + "; choose from " + Part.names())));
    }
    boolean among = suites.size() > 1 && profile == Profile.QUICK;
    return parts.isEmpty() && among ? Set.copyOf(Part.brief()) : parts;
  }

  /** Peers take part only when everything about the bundled server is asked for. */
  private Peers peers(List<Suite> suites, TargetChoice choice)
      throws UsageException, TargetException, InterruptedException {
    if (!plain(choice) || !suites.contains(Suite.REFEREE)) {
      if (Stream.of(run.referee, run.interop, run.mutants, run.benchmarks)
          .anyMatch(Objects::nonNull)) {
        throw new UsageException(
            "--referee, --interop, --mutants and --benchmarks are about the bundled server: use them"
                + " with plain verify");
      }
      return Peers.NONE;
    }
    Path referee = first(run.referee, environmentPath("PLUMBLINE_REFEREE"));
    Path interop = first(run.interop, environmentPath("PLUMBLINE_INTEROP"));
    Path mutants = first(run.mutants, environmentPath("PLUMBLINE_MUTANTS"));
    Path benchmarks = first(run.benchmarks, environmentPath("PLUMBLINE_BENCHMARKS"));
    return new Peers(
        referee == null ? Optional.empty() : Optional.of(RefereeOptions.in(referee)),
        Optional.ofNullable(interop),
        Optional.ofNullable(mutants),
        Optional.ofNullable(benchmarks));
  }

  /** What was found out beforehand about what ships takes part where that is judged. */
  private SupplyChainOptions supplyChain(List<Suite> suites, Configuration file)
      throws UsageException, HarnessException {
    if (!suites.contains(Suite.SUPPLY_CHAIN)) {
      if (run.rebuild != null || run.advisories != null) {
        throw new UsageException(
            "--rebuild and --advisories are about what ships: use them with plumbline verify");
      }
      return SupplyChainOptions.NONE;
    }
    return Shipping.options(
        Optional.ofNullable(first(run.rebuild, environmentPath("PLUMBLINE_REBUILD"))),
        Optional.ofNullable(first(run.advisories, environmentPath("PLUMBLINE_ADVISORIES"))),
        file.waivers());
  }

  /** The bundled server without a planted defect. */
  private static boolean plain(TargetChoice choice) {
    return choice instanceof TargetChoice.Bundled bundled && bundled.mutant() == null;
  }

  private @Nullable Path environmentPath(String name) {
    String value = console.environment().get(name);
    return value == null || value.isEmpty() ? null : Path.of(value);
  }

  private static boolean runs(Suite suite, Peers peers, TargetChoice choice) {
    return switch (suite) {
      case RELIABILITY -> plain(choice);
      case REFEREE -> peers.referee().isPresent();
      case INTEROP -> peers.interop().isPresent();
      case MUTANTS -> peers.mutants().isPresent();
      case BENCHMARKS -> peers.benchmarks().isPresent();
      case CONFORMANCE, CHAOS, PERF, SUPPLY_CHAIN -> true;
    };
  }

  private Configuration configuration() throws UsageException {
    if (run.config != null) {
      return ConfigurationFile.read(run.config);
    }
    Path standard = Path.of(ConfigurationFile.DEFAULT_NAME);
    return Files.exists(standard) ? ConfigurationFile.read(standard) : Configuration.EMPTY;
  }

  private TargetChoice choice(Configuration file) throws UsageException {
    boolean separated = arguments.contains("--");
    if (!target.command.isEmpty() && !separated) {
      throw new UsageException(
          "unexpected argument '"
              + target.command.getFirst()
              + "'; the command that starts a server goes after --, as in: -- node server.js");
    }
    List<String> chosen = new ArrayList<>();
    if (target.url != null) {
      chosen.add("--url");
    }
    if (separated) {
      chosen.add("-- COMMAND");
    }
    if (target.mutant != null) {
      chosen.add("--mutant");
    }
    if (chosen.size() > 1) {
      throw new UsageException(
          String.join(" and ", chosen) + " name different servers; give one of them");
    }
    if (separated && target.command.isEmpty()) {
      throw new UsageException("nothing follows --; name the command, as in: -- node server.js");
    }
    if (!target.headers.isEmpty() && target.url == null) {
      throw new UsageException("--header needs --url; a command gets its secrets by environment");
    }
    if (target.url != null) {
      return new TargetChoice.Url(
          option("--url", target.url, TargetChoice::parseUrl), target.headers);
    }
    if (separated) {
      return new TargetChoice.Command(target.command);
    }
    if (target.mutant != null || file.target() == null) {
      return new TargetChoice.Bundled(target.mutant);
    }
    return file.target();
  }

  private RunSettings settings(Configuration file, TargetChoice choice) throws UsageException {
    Profile profile =
        run.profile == null
            ? first(file.profile(), Profile.QUICK)
            : option("--profile", run.profile, ConfigurationFile::profile);
    Long seed = run.seed == null ? file.seed() : option("--seed", run.seed, Seeds::parse);
    ConsentGrant consent =
        run.consent == null
            ? first(
                file.consent(),
                choice instanceof TargetChoice.Bundled ? ConsentGrant.ALL : ConsentGrant.DEFAULT)
            : option("--consent", run.consent, ConsentGrant::parse);
    return new RunSettings(
        profile == null ? Profile.QUICK : profile,
        seed == null ? Seeds.random(RandomGenerator.getDefault()) : seed,
        consent == null ? ConsentGrant.DEFAULT.level() : consent.level(),
        consent != null && consent.load());
  }

  private static Set<String> ids(
      String name, List<String> given, List<String> fromFile, Parser<String> parser)
      throws UsageException {
    Set<String> ids = new LinkedHashSet<>();
    for (String id : given) {
      ids.add(option(name, id, parser));
    }
    return given.isEmpty() ? new LinkedHashSet<>(fromFile) : ids;
  }

  private static Set<String> known(String name, Set<String> ids, List<String> all, String which)
      throws UsageException {
    for (String id : ids) {
      if (!all.contains(id)) {
        throw new UsageException(name + ": there is no " + id + "; " + which);
      }
    }
    return ids;
  }

  @FunctionalInterface
  private interface Parser<T> {
    T parse(String text) throws UsageException;
  }

  private static <T> T option(String name, String text, Parser<T> parser) throws UsageException {
    try {
      return parser.parse(text);
    } catch (UsageException e) {
      throw new UsageException(name + ": " + e.getMessage(), e);
    }
  }

  private static <T> @Nullable T first(@Nullable T option, @Nullable T file) {
    return option == null ? file : option;
  }
}
