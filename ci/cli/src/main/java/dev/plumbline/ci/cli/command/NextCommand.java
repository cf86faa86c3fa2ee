package dev.plumbline.ci.cli.command;

import dev.plumbline.ci.cli.config.TargetChoice;
import dev.plumbline.ci.cli.run.RunOutcome;
import dev.plumbline.ci.cli.run.RunRequest;
import dev.plumbline.evidence.bundle.gate.Decision;
import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.ReproducerIndex;
import dev.plumbline.evidence.model.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

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

  /** The first failure that weighs, replayed. */
  private String failing(RunOutcome outcome, RunRequest request) {
    ReproducerIndex index;
    try {
      index = ReproducerIndex.of(outcome.folder());
    } catch (IOException e) {
      index = ReproducerIndex.NONE;
    }
    List<CheckResult> failed =
        outcome.results().stream()
            .flatMap(result -> result.checks().stream())
            .filter(check -> check.verdict() instanceof Verdict.Fail)
            .sorted(Comparator.comparing(check -> !check.level().isMandatory()))
            .toList();
    Optional<ReproducerIndex.Entry> first =
        failed.stream().map(index::of).flatMap(Optional::stream).findFirst();
    if (first.isEmpty()) {
      return again(command, List.of(), request);
    }
    String line =
        program() + " repro run " + String.format(Locale.ROOT, "%04d", first.get().number());
    boolean usual = request.out().equals(Requests.DEFAULT_OUT);
    return usual ? line : line + " --in " + Paths.quoted(Paths.shown(request.out()).toString());
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
