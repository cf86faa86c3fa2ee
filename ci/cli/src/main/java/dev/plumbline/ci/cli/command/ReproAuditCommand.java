package dev.plumbline.ci.cli.command;

import dev.plumbline.ci.cli.repro.Event;
import dev.plumbline.ci.cli.repro.Known;
import dev.plumbline.evidence.model.ExitCode;
import dev.plumbline.evidence.model.Json;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code plumbline repro audit}. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    header = "Tell of every failure what happened to it: kept, accepted until when and why, fixed.",
    footerHeading = "%n",
    footer = "Exit codes: 0 told, 2 usage.")
final class ReproAuditCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private final ReproOptions options = new ReproOptions();

  @Option(names = "--json", description = "Print the report as JSON.")
  private boolean json;

  ReproAuditCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    Instant now = Instant.now();
    LocalDate today = now.atZone(ZoneOffset.UTC).toLocalDate();
    List<Known> all = options.shelf().all(today);
    if (json) {
      console.out().print(Json.write(ReproJson.of(all, now)));
      return ExitCode.GO.code();
    }
    ReproText text = new ReproText(console);
    for (Known known : all) {
      text.list(List.of(known), now);
      known.history().forEach(event -> text.below(line(event)));
    }
    long unfixed = all.stream().filter(k -> k.state().blocks()).count();
    console.out().println();
    text.say(all.size() + " reproducers, " + unfixed + " unfixed");
    // What was fixed and is in no run any more is in the history only.
    List<Event> gone =
        options.store().history().stream()
            .filter(e -> e.what() == Event.What.FIXED)
            .filter(
                e -> all.stream().noneMatch(k -> k.newest().fingerprint().equals(e.fingerprint())))
            .toList();
    gone.forEach(event -> text.below(event.id() + " " + event.check() + ": " + line(event)));
    return ExitCode.GO.code();
  }

  private static String line(Event event) {
    String day = event.at().truncatedTo(ChronoUnit.SECONDS).toString();
    return day
        + " "
        + switch (event.what()) {
          case KEPT -> "kept";
          case ACCEPTED -> "accepted until " + event.until() + ": " + event.text();
          case STILL_FAILS -> "replayed, still fails: " + event.text();
          case FIXED -> "fixed: " + event.text();
        };
  }
}
