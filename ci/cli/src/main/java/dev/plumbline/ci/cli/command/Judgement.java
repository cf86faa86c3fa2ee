package dev.plumbline.ci.cli.command;

import dev.plumbline.ci.cli.config.UsageException;
import dev.plumbline.ci.cli.run.Interruption;
import dev.plumbline.ci.cli.run.Numbers;
import dev.plumbline.ci.cli.run.Plan;
import dev.plumbline.ci.cli.run.Run;
import dev.plumbline.ci.cli.run.RunListener;
import dev.plumbline.ci.cli.run.RunOutcome;
import dev.plumbline.ci.cli.run.RunRequest;
import dev.plumbline.ci.cli.terminal.Display;
import dev.plumbline.ci.cli.terminal.Screen;
import dev.plumbline.conformance.probe.ProbeReport;
import dev.plumbline.evidence.bundle.gate.Decision;
import dev.plumbline.evidence.model.ExitCode;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.Progress;
import dev.plumbline.evidence.model.ReproducerIndex;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.TargetException;
import dev.plumbline.evidence.model.TargetIdentity;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Runs a request in front of the user: screen, final words, exit code. */
final class Judgement {
  private final Console console;
  private final String command;

  /**
   * @param command which of our commands was typed
   */
  Judgement(Console console, String command) {
    this.console = console;
    this.command = command;
  }

  int run(RunRequest request, boolean json)
      throws UsageException, TargetException, HarnessException {
    PrintStream stream = json ? console.err() : console.out();
    Display display = json ? console.errDisplay() : console.outDisplay();
    InstantSource clock = InstantSource.system();
    Numbers numbers = new Numbers();
    try (Interruption interruption = Interruption.listen();
        Screen screen = Screen.on(stream, display, clock, numbers::of)) {
      RunOutcome outcome =
          new Run(
                  request,
                  listener(screen, request),
                  clock,
                  Version.text(),
                  interruption::requested,
                  numbers)
              .execute();
      screen.verdict(
          outcome.exitCode() == ExitCode.GO,
          word(outcome),
          reasons(outcome),
          next(outcome, request));
      if (json) {
        console.out().print(Json.write(OutcomeJson.of(outcome)));
        console.out().flush();
      }
      if (!outcome.problem().isEmpty()) {
        CommandLines.tell(
            console,
            outcome.problem()
                + "; what was recorded is kept, marked incomplete, in "
                + Paths.shown(outcome.folder().root()),
            ExitCode.HARNESS_FAULT);
      }
      return outcome.exitCode().code();
    }
  }

  private RunListener listener(Screen screen, RunRequest request) {
    return new RunListener() {
      @Override
      public void probed(TargetIdentity identity, ProbeReport probe, Plan plan) {
        screen.heading("target", Headings.target(identity, probe));
        screen.heading("plan", Headings.plan(request, plan));
        screen.gap();
      }

      @Override
      public void suiteStarted(Suite suite) {
        screen.suiteStarted(suite);
      }

      @Override
      public void suiteEnded() {
        screen.suiteEnded();
      }

      @Override
      public void reproduced(ReproducerIndex index) {
        if (index.count() > 0) {
          screen.gap();
          screen.heading("repro", Headings.reproducers(index));
        }
      }

      @Override
      public Progress progress() {
        return screen;
      }
    };
  }

  private static String word(RunOutcome outcome) {
    return outcome.problem().isEmpty() ? outcome.decision().word() : "INCOMPLETE";
  }

  private static List<String> reasons(RunOutcome outcome) {
    if (!outcome.problem().isEmpty()) {
      return List.of(outcome.problem());
    }
    return switch (outcome.decision()) {
      case Decision.Go _ -> Headings.go(outcome);
      case Decision decision -> decision.why();
    };
  }

  private List<String> next(RunOutcome outcome, RunRequest request) {
    Path root = Paths.shown(outcome.folder().root());
    List<String> lines = new ArrayList<>();
    lines.add(root.resolve("report.html").toString());
    lines.add(new NextCommand(console.command(), command).after(outcome, request, root));
    return lines;
  }
}
