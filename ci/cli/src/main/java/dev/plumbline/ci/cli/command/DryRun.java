package dev.plumbline.ci.cli.command;

import dev.plumbline.ci.cli.run.Interruption;
import dev.plumbline.ci.cli.run.Rehearsal;
import dev.plumbline.ci.cli.run.RunRequest;
import dev.plumbline.ci.cli.terminal.Screen;
import dev.plumbline.evidence.model.ExitCode;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.TargetException;
import java.time.InstantSource;

/** {@code --dry-run}: shows the plan in front of the user. */
final class DryRun {
  private final Console console;

  DryRun(Console console) {
    this.console = console;
  }

  int run(RunRequest request, boolean json) throws TargetException, HarnessException {
    try (Interruption interruption = Interruption.listen()) {
      Rehearsal rehearsal = Rehearsal.of(request, interruption::requested);
      RehearsalText text = new RehearsalText(request, rehearsal);
      if (json) {
        console.out().print(Json.write(text.json()));
        return ExitCode.GO.code();
      }
      try (Screen screen = Screen.on(console.out(), console.outDisplay(), InstantSource.system())) {
        screen.heading("target", Headings.target(rehearsal.identity(), rehearsal.probe()));
        screen.heading("plan", Headings.plan(request, rehearsal.plan()));
        screen.gap();
      }
      text.lines().forEach(line -> console.out().println(" " + console.outDisplay().line(line)));
      return ExitCode.GO.code();
    }
  }
}
