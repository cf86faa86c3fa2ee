package dev.plumbline.ci.cli.run;

import dev.plumbline.ci.cli.config.TargetChoice;
import dev.plumbline.evidence.model.Names;
import dev.plumbline.evidence.model.RunSettings;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.perf.reliability.demand.Demands;
import java.util.ArrayList;
import java.util.List;

/** The command that checks one thing of a run again. */
public final class Again {
  private Again() {}

  /** Its words, without our own name and without those that name the target. */
  public static List<String> words(Suite suite, String check, RunRequest request) {
    RunSettings settings = request.settings();
    List<String> words =
        switch (suite) {
          case CONFORMANCE -> words("conformance", "--only", check);
          case CHAOS -> words("chaos", "--modes", check);
          case PERF -> words("perf");
          case RELIABILITY ->
              words("reliability", "--profile", settings.profile().id(), "--parts", part(check));
          case SUPPLY_CHAIN -> shipping(request);
          case REFEREE, INTEROP, MUTANTS, BENCHMARKS -> words("verify");
        };
    words.addAll(List.of("--seed", settings.seedText()));
    if (!(request.target() instanceof TargetChoice.Bundled)) {
      String load = settings.loadAllowed() ? ",load" : "";
      words.addAll(List.of("--consent", settings.consent().id() + load));
    }
    return words;
  }

  /** What ships is held against the same files again. */
  private static List<String> shipping(RunRequest request) {
    List<String> words = words("verify");
    request
        .supplyChain()
        .sources()
        .forEach(
            (given, source) -> words.addAll(List.of("--" + Names.toId(given), source.toString())));
    return words;
  }

  private static List<String> words(String... words) {
    return new ArrayList<>(List.of(words));
  }

  /** The part that measures a demand. */
  private static String part(String check) {
    return Demands.all().stream()
        .filter(demand -> demand.id().equals(check))
        .map(demand -> demand.part().id())
        .findFirst()
        .orElse("");
  }
}
