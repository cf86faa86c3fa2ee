package dev.plumbline.ci.cli.command;

import dev.plumbline.ci.cli.config.TargetChoice;
import dev.plumbline.ci.cli.run.RunOutcome;
import dev.plumbline.ci.cli.run.RunRequest;
import dev.plumbline.evidence.bundle.gate.Decision;
import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.SuiteResult;
import dev.plumbline.evidence.model.Verdict;
import dev.plumbline.perf.reliability.demand.Demands;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The line a user would type next: check the bundle after a GO, see the first failure again after a
 * NO-GO, run again when the run was cut short.
 *
 * @param program how the user calls us
 * @param command which of our commands was typed
 */
record NextCommand(String program, String command) {

  String after(RunOutcome outcome, RunRequest request, Path folder) {
    if (!outcome.problem().isEmpty()) {
      return again(command, List.of(), request);
    }
    return switch (outcome.decision()) {
      case Decision.Go _ -> verify(folder);
      case Decision.NoGo _ -> failing(outcome, request);
      case Decision.Inconclusive _, Decision.HarnessFault _ -> again(command, List.of(), request);
    };
  }

  private String verify(Path folder) {
    Path own = folder.resolve("attestations").resolve("self-signed.pub.pem");
    Path key = Files.exists(own) ? own : Path.of("PUBLIC-KEY.pem");
    return program()
        + " evidence verify "
        + Paths.quoted(folder.toString())
        + " --key "
        + Paths.quoted(key.toString());
  }

  private String failing(RunOutcome outcome, RunRequest request) {
    for (SuiteResult result : outcome.results()) {
      List<String> failed =
          result.checks().stream()
              .filter(check -> check.verdict() instanceof Verdict.Fail)
              .map(CheckResult::id)
              .distinct()
              .toList();
      if (failed.isEmpty()) {
        continue;
      }
      return switch (result.suite()) {
        case CONFORMANCE -> again("conformance", List.of("--only", failed.getFirst()), request);
        case CHAOS -> again("chaos", List.of("--modes", failed.getFirst()), request);
        case PERF -> again("perf", List.of(), request);
        case RELIABILITY ->
            again(
                "reliability",
                List.of("--profile", request.settings().profile().id(), "--parts", part(failed)),
                request);
        case SUPPLY_CHAIN, REFEREE, INTEROP, MUTANTS -> again("verify", List.of(), request);
      };
    }
    return again(command, List.of(), request);
  }

  /** The part that measures the first demand that failed. */
  private static String part(List<String> failed) {
    return Demands.all().stream()
        .filter(demand -> demand.id().equals(failed.getFirst()))
        .map(demand -> demand.part().id())
        .findFirst()
        .orElse("");
  }

  private String again(String name, List<String> options, RunRequest request) {
    List<String> words = new ArrayList<>(List.of(name));
    words.addAll(options);
    request.selection().revision().ifPresent(asked -> words.addAll(List.of("--era", asked)));
    words.addAll(List.of("--seed", request.settings().seedText()));
    switch (request.target()) {
      case TargetChoice.Url url -> {
        words.addAll(List.of("--url", url.url().toString()));
        for (String header : url.headers()) {
          words.addAll(List.of("--header", header));
        }
      }
      case TargetChoice.Command server -> {
        words.add("--");
        words.addAll(server.command());
      }
      case TargetChoice.Bundled bundled -> {
        if (bundled.mutant() != null) {
          words.addAll(List.of("--mutant", bundled.mutant()));
        }
      }
    }
    StringBuilder line = new StringBuilder(program());
    words.forEach(word -> line.append(' ').append(Paths.quoted(word)));
    return line.toString();
  }
}
