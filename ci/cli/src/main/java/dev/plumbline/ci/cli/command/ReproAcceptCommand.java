package dev.plumbline.ci.cli.command;

import dev.plumbline.ci.cli.config.UsageException;
import dev.plumbline.ci.cli.repro.Shelf;
import dev.plumbline.ci.cli.repro.Store;
import dev.plumbline.conformance.repro.Reproducer;
import dev.plumbline.evidence.model.ExitCode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plumbline repro accept}. */
@Command(
    name = "accept",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    header = "Accept a failure for a while.",
    footerHeading = "%n",
    footer = {
      "After its last day the failure counts as unfixed again.",
      "Exit codes: 0 accepted, 2 usage."
    })
final class ReproAcceptCommand implements Callable<Integer> {
  private static final int MAX_REASON = 1_000;
  private static final int MAX_DAYS = 366;

  private final Console console;

  @Mixin private final ReproOptions options = new ReproOptions();

  @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.")
  private String reason = "";

  @Option(
      names = "--until",
      required = true,
      paramLabel = "DATE",
      description = "The last day, YYYY-MM-DD, at most a year ahead.")
  private String until = "";

  @Parameters(paramLabel = "ID", description = "A number as in 0001, an id or a file.")
  private String id = "";

  ReproAcceptCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    Instant now = Instant.now();
    LocalDate today = now.atZone(ZoneOffset.UTC).toLocalDate();
    LocalDate last = date();
    if (last.isBefore(today)) {
      throw new UsageException("--until: " + last + " is over; name a day from " + today + " on");
    }
    if (last.isAfter(today.plusDays(MAX_DAYS))) {
      throw new UsageException(
          "--until: " + last + " is more than a year ahead; name a nearer day");
    }
    if (reason.isBlank() || reason.length() > MAX_REASON) {
      throw new UsageException("--reason: say why, in at most " + MAX_REASON + " characters");
    }
    Shelf shelf = options.shelf();
    Store store = options.store();
    Reproducer reproducer = shelf.read(shelf.file(id));
    store.accept(reproducer, reason.strip(), last, now);
    new ReproText(console)
        .say(
            "accepted "
                + reproducer.check()
                + " of "
                + reproducer.target().name()
                + " until "
                + last);
    return ExitCode.GO.code();
  }

  private LocalDate date() throws UsageException {
    try {
      return LocalDate.parse(until);
    } catch (DateTimeParseException e) {
      throw new UsageException("--until: '" + until + "' is not a date; write YYYY-MM-DD", e);
    }
  }
}
