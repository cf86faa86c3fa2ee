package dev.plumbline.ci.cli.command;

import dev.plumbline.ci.cli.config.UsageException;
import dev.plumbline.ci.cli.run.Causes;
import dev.plumbline.ci.cli.run.Debug;
import dev.plumbline.ci.cli.terminal.SafeText;
import dev.plumbline.evidence.bundle.sign.UnusableKeyException;
import dev.plumbline.evidence.model.ExitCode;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.TargetException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** All commands, and how everything that goes wrong becomes one line and an exit code. */
public final class CommandLines {
  private static final int HELP_WIDTH = 100;

  private CommandLines() {}

  /** Runs the command the arguments name; returns its exit code. Never throws. */
  public static int execute(Console console, String... args) {
    try {
      int code = commandLine(console).execute(args.length == 0 ? new String[] {"--help"} : args);
      return args.length == 0 ? ExitCode.USAGE.code() : code;
    } catch (RuntimeException | Error e) {
      return complain(console, e);
    } finally {
      console.out().flush();
      console.err().flush();
    }
  }

  static CommandLine commandLine(Console console) {
    CommandLine evidence = new CommandLine(new EvidenceCommand());
    evidence
        .addSubcommand(new EvidenceVerifyCommand(console))
        .addSubcommand(new EvidenceSignCommand(console, InstantSource.system()))
        .addSubcommand(new EvidenceCheckCommand(console));
    CommandLine repro = new CommandLine(new ReproCommand());
    repro
        .addSubcommand(new ReproRunCommand(console))
        .addSubcommand(new ReproListCommand(console))
        .addSubcommand(new ReproKeepCommand(console))
        .addSubcommand(new ReproFixCommand(console))
        .addSubcommand(new ReproAcceptCommand(console))
        .addSubcommand(new ReproAuditCommand(console));
    return new CommandLine(new PlumblineCommand())
        .addSubcommand(new VerifyCommand(console))
        .addSubcommand(new ConformanceCommand(console))
        .addSubcommand(new ExploreCommand(console))
        .addSubcommand(new ChaosCommand(console))
        .addSubcommand(new PerfCommand(console))
        .addSubcommand(new ReliabilityCommand(console))
        .addSubcommand(new GridCommand(console))
        .addSubcommand(new DiffCommand(console))
        .addSubcommand(new ServeCommand())
        .addSubcommand(new CallCommand())
        .addSubcommand(new InspectCommand())
        .addSubcommand(new KeygenCommand(console))
        .addSubcommand(evidence)
        .addSubcommand(new BaselineCommand(console, InstantSource.system()))
        .addSubcommand(repro)
        .addSubcommand(new LedgerCommand(console))
        .addSubcommand(new RequirementsCommand(console))
        .addSubcommand(new MachinesCommand())
        .addSubcommand(new TopCommand(console))
        .setUsageHelpWidth(HELP_WIDTH)
        .setColorScheme(CommandLine.Help.defaultColorScheme(ansi(console)))
        .setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8))
        .setParameterExceptionHandler((e, _) -> usage(console, e))
        .setExecutionExceptionHandler((e, _, _) -> complain(console, e));
  }

  private static Ansi ansi(Console console) {
    return console.outDisplay().colour() ? Ansi.ON : Ansi.OFF;
  }

  private static int usage(Console console, ParameterException e) {
    CommandLine where = e.getCommandLine();
    String name = where.getCommandSpec().qualifiedName();
    String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    if (e instanceof UnmatchedArgumentException unmatched) {
      List<String> similar = unmatched.getSuggestions();
      String first = unmatched.getUnmatched().getFirst();
      boolean option = first.startsWith("-");
      message =
          (option ? "unknown option '" : "unexpected argument '")
              + first
              + "'"
              + (similar.isEmpty() ? "" : "; did you mean " + similar.getFirst() + "?");
    }
    Debug.trace(e);
    return tell(
        console,
        message + (message.endsWith("?") ? "" : ";") + " see " + name + " --help",
        ExitCode.USAGE);
  }

  /** One line for a failure, and the exit code it means. */
  static int complain(Console console, Throwable failure) {
    Debug.trace(failure);
    return switch (failure) {
      case UsageException e -> tell(console, Causes.oneLine(e), ExitCode.USAGE);
      case TargetException e -> tell(console, Causes.oneLine(e), ExitCode.USAGE);
      case UnusableKeyException e -> tell(console, Causes.oneLine(e), ExitCode.USAGE);
      case HarnessException e -> tell(console, Causes.oneLine(e), ExitCode.HARNESS_FAULT);
      default ->
          tell(
              console,
              "unexpected "
                  + failure.getClass().getSimpleName()
                  + " in Plumbline: "
                  + Causes.oneLine(failure)
                  + "; run with PLUMBLINE_DEBUG=1 and report it",
              ExitCode.HARNESS_FAULT);
    };
  }

  /** Prints one line on stderr. */
  static int tell(Console console, String message, ExitCode code) {
    String line = "plumbline: " + SafeText.of(message);
    console.err().println(console.errDisplay().line(line));
    console.err().flush();
    return code.code();
  }

  /** Every suite, in the order of running. */
  static List<Suite> allSuites() {
    return Arrays.asList(Suite.values());
  }
}
