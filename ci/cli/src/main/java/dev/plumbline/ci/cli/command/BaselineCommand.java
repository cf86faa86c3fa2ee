package dev.plumbline.ci.cli.command;

import dev.plumbline.ci.cli.config.UsageException;
import dev.plumbline.ci.cli.run.Causes;
import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.ExitCode;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plumbline baseline}. */
@Command(
    name = "baseline",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    header = "Turn what failed in a run into a baseline to be filled in.",
    description = {
      "",
      "Prints one entry for each MUST that failed. Entries that the run's own baseline had keep",
      "their reason and day; a new one says TODO, which is refused until somebody writes why the",
      "failure is accepted."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  plumbline baseline plumbline-out/RUN --write plumbline-baseline.yaml",
      "  plumbline verify --baseline plumbline-baseline.yaml -- node dist/server.js",
      "",
      "Exit codes: 0 written, 2 usage."
    })
final class BaselineCommand implements Callable<Integer> {
  private static final int MAX_DAYS = 366;

  private final Console console;
  private final InstantSource clock;

  @Parameters(paramLabel = "RUN", description = "The run's folder.")
  private Path folder = Path.of("");

  @Option(
      names = "--write",
      paramLabel = "FILE",
      description = "Write this file, which must not be there yet, instead of printing.")
  private @Nullable Path file;

  @Option(
      names = "--days",
      paramLabel = "N",
      description = "How long new entries count, from today (default: 30).")
  private int days = 30;

  @Option(
      names = "--with-should",
      description = "Also what is only recommended; it never makes a run NO-GO.")
  private boolean recommendations;

  BaselineCommand(Console console, InstantSource clock) {
    this.console = console;
    this.clock = clock;
  }

  @Override
  public Integer call() throws Exception {
    if (days < 1 || days > MAX_DAYS) {
      throw new UsageException("--days: " + days + " is not from 1 to " + MAX_DAYS);
    }
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    BaselineText text = new BaselineText(StoredRuns.read(folder), today, today.plusDays(days));
    List<CheckResult> failures = text.failures(recommendations);
    if (file == null) {
      console.out().print(text.render(failures));
      return ExitCode.GO.code();
    }
    write(file, text.render(failures));
    long entries = failures.stream().map(CheckResult::id).distinct().count();
    console
        .out()
        .println(" wrote    " + file + ": " + entries + (entries == 1 ? " entry" : " entries"));
    return ExitCode.GO.code();
  }

  private static void write(Path file, String text) throws UsageException {
    try {
      Files.writeString(file, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (FileAlreadyExistsException e) {
      throw new UsageException(
          "--write: " + file + " is there already; name another file and compare the two", e);
    } catch (NoSuchFileException e) {
      throw new UsageException("--write: the folder of " + file + " is missing", e);
    } catch (IOException e) {
      throw new UsageException("--write: " + file + ": " + Causes.reason(e), e);
    }
  }
}
