package dev.plumbline.ci.cli.command;

import dev.plumbline.ci.cli.run.ExploreRun;
import dev.plumbline.ci.cli.run.RunRequest;
import dev.plumbline.ci.cli.terminal.SafeText;
import dev.plumbline.conformance.explore.Exploration;
import dev.plumbline.conformance.explore.WalkJudge;
import dev.plumbline.conformance.model.Model;
import dev.plumbline.conformance.probe.ProbeReport;
import dev.plumbline.conformance.target.Target;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.ExitCode;
import dev.plumbline.evidence.model.Finding;
import dev.plumbline.evidence.model.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Tells a person how walks went, line by line. */
final class ExploreText implements ExploreRun.Listener {
  /** So many walks pass between two signs of life. */
  private static final int EVERY = 100;

  private final Console console;
  private final RunRequest request;
  private final Optional<Path> out;
  private String name = "";
  private boolean any;
  private boolean failed;

  ExploreText(Console console, RunRequest request, Optional<Path> out) {
    this.console = console;
    this.request = request;
    this.out = out;
  }

  /** What the command ends with. */
  ExitCode exitCode() {
    if (failed) {
      return ExitCode.NO_GO;
    }
    return any ? ExitCode.GO : ExitCode.INCONCLUSIVE;
  }

  @Override
  public void probed(ProbeReport probe, Target target) {
    say("target", probe.name() + " " + probe.version() + " at " + target.address());
    say("seed", request.settings().seedText());
  }

  @Override
  public void began(Model<?, ?> model) {
    name = model.name();
  }

  @Override
  public void walked(int walks, boolean shrinking) {
    if (console.errDisplay().live() && (shrinking || walks % EVERY == 0)) {
      String what = shrinking ? " walks; making one that failed small" : " walks";
      console.err().printf(Locale.ROOT, "\r %-13s %,d%s\u001b[K\r", name, walks, what);
      console.err().flush();
    }
  }

  @Override
  public void skipped(Model<?, ?> model, String why) {
    say(model.name(), "not walked: " + why);
  }

  @Override
  public void explored(Model<?, ?> model, Exploration exploration, Recording recording) {
    out.ifPresent(folder -> save(folder, recording));
    Verdict verdict = WalkJudge.judge(recording);
    switch (verdict) {
      case Verdict.Pass _ -> {
        any = true;
        say(model.name(), counts(exploration) + ", all of them hold");
      }
      case Verdict.Fail fail -> {
        any = true;
        failed = true;
        say(
            model.name(),
            "walk %,d fails after %d steps; the smallest that fails has %d"
                .formatted(
                    exploration.walks(),
                    exploration.first().choices().size(),
                    exploration.found().choices().size()));
        fail.findings().forEach(finding -> tell(model, exploration, finding));
      }
      case Verdict.NotObserved missing -> say(model.name(), missing.missing());
      case Verdict.NotApplicable not -> say(model.name(), not.reason());
      case Verdict.HarnessFault fault -> say(model.name(), fault.cause());
    }
  }

  private static String counts(Exploration exploration) {
    String unclear =
        exploration.unclear() == 0
            ? ""
            : ", %,d not finished (%s)".formatted(exploration.unclear(), exploration.why());
    String asked =
        exploration.walks() < exploration.asked()
            ? " of the %,d asked for before the budget ran out".formatted(exploration.asked())
            : "";
    return "%,d walks%s, %,d steps%s"
        .formatted(exploration.walks(), asked, exploration.steps(), unclear);
  }

  private void tell(Model<?, ?> model, Exploration exploration, Finding finding) {
    say("", finding.summary());
    say("", finding.actual());
    say("", "fix: " + finding.fix());
    say(
        "",
        "again: "
            + console.command()
            + " explore --model "
            + model.name()
            + " --choices "
            + exploration.found().choicesText());
  }

  private static void save(Path folder, Recording recording) {
    String file = recording.id() + "." + recording.transport().id() + ".json";
    try {
      recording.write(Files.createDirectories(folder).resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void say(String head, String text) {
    String line = String.format(Locale.ROOT, " %-13s %s", head, SafeText.of(text));
    console.out().println(console.outDisplay().line(line));
    console.out().flush();
  }
}
