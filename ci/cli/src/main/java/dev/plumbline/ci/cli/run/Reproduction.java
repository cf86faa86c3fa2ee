package dev.plumbline.ci.cli.run;

import dev.plumbline.ci.cli.config.TargetChoice;
import dev.plumbline.conformance.repro.Reproducer;
import dev.plumbline.conformance.repro.ReproducerMaker;
import dev.plumbline.conformance.repro.Start;
import dev.plumbline.conformance.repro.Way;
import dev.plumbline.conformance.target.Target;
import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.Profile;
import dev.plumbline.evidence.model.ReproducerIndex;
import dev.plumbline.evidence.model.RunFolder;
import dev.plumbline.evidence.model.RunManifest;
import dev.plumbline.evidence.model.SuiteResult;
import dev.plumbline.evidence.model.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Turns every failure of a run into a reproducer while the target is still there. */
final class Reproduction {
  private final RunRequest request;
  private final Numbers numbers;

  Reproduction(RunRequest request, Numbers numbers) {
    this.request = request;
    this.numbers = numbers;
  }

  /** How long may be replayed for all failures together. */
  private static Duration time(Profile profile) {
    return switch (profile) {
      case QUICK -> Duration.ofSeconds(10);
      case STANDARD -> Duration.ofMinutes(1);
      case NIGHTLY -> Duration.ofMinutes(5);
    };
  }

  /** What a choice of the command line is in a file that is kept. */
  static Start start(TargetChoice choice) {
    return switch (choice) {
      case TargetChoice.Url url -> Start.url(url.url(), url.headers());
      case TargetChoice.Command command -> Start.command(command.command());
      case TargetChoice.Bundled bundled -> Start.bundled(bundled.mutant());
    };
  }

  /** Writes one reproducer for each failed check into the run's folder, and their index. */
  ReproducerIndex write(
      RunFolder folder,
      RunManifest run,
      List<SuiteResult> results,
      Target target,
      Duration deadline)
      throws IOException, InterruptedException {
    ReproducerMaker maker =
        new ReproducerMaker(
            folder,
            run,
            start(request.target()),
            target,
            deadline,
            time(request.settings().profile()));
    Path into = folder.root().resolve(Reproducer.FOLDER);
    List<ReproducerIndex.Entry> entries = new ArrayList<>();
    for (SuiteResult result : results) {
      for (CheckResult check : result.checks()) {
        if (!(check.verdict() instanceof Verdict.Fail)) {
          continue;
        }
        int number = numbers.of(result.suite(), check);
        if (number > Reproducer.MAX_NUMBER) {
          continue;
        }
        List<String> again = Again.words(result.suite(), check.id(), request);
        Reproducer made = maker.of(number, result.suite(), check, again);
        made.write(into);
        entries.add(
            new ReproducerIndex.Entry(
                number,
                made.id(),
                made.suite(),
                made.check(),
                made.era(),
                made.transport(),
                how(made.way())));
      }
    }
    entries.sort(Comparator.comparingInt(ReproducerIndex.Entry::number));
    ReproducerIndex index = new ReproducerIndex(entries);
    if (!entries.isEmpty()) {
      Json.write(folder.root().resolve(ReproducerIndex.FILE), index);
    }
    return index;
  }

  private static String how(Way way) {
    return switch (way) {
      case Way.Command _ -> "runs the check again";
      case Way.Replay replay -> {
        Way.Reduction reduction = replay.reduction();
        String size = reduction.to() + " of " + reduction.from() + " exchanges";
        yield switch (reduction.how()) {
          case LIVE -> size + ", shown on the server";
          case RECORDING -> size + ", shown on the recording";
        };
      }
    };
  }
}
