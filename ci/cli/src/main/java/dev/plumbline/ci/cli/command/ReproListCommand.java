package dev.plumbline.ci.cli.command;

import dev.plumbline.ci.cli.repro.Known;
import dev.plumbline.evidence.model.ExitCode;
import dev.plumbline.evidence.model.Json;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code plumbline repro list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    header = "Show every failure that was found, once, and where it stands.",
    footerHeading = "%n",
    footer = "Exit codes: 0, or with --unfixed 1 while one is neither fixed nor accepted; 2 usage.")
final class ReproListCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private final ReproOptions options = new ReproOptions();

  @Option(
      names = "--unfixed",
      description = "Only those that are neither fixed nor accepted; there must be none.")
  private boolean unfixed;

  @Option(names = "--json", description = "Print the list as JSON.")
  private boolean json;

  ReproListCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    Instant now = Instant.now();
    LocalDate today = now.atZone(ZoneOffset.UTC).toLocalDate();
    List<Known> all = options.shelf().all(today);
    List<Known> shown = all.stream().filter(k -> !unfixed || k.state().blocks()).toList();
    ReproText text = new ReproText(console);
    if (json) {
      console.out().print(Json.write(ReproJson.of(shown, now)));
    } else {
      text.list(shown, now);
      if (shown.isEmpty()) {
        text.say(unfixed ? "none is unfixed" : "no reproducer was found");
      }
    }
    return (unfixed && !shown.isEmpty() ? ExitCode.NO_GO : ExitCode.GO).code();
  }
}
