package dev.plumbline.ci.cli.command;

import dev.plumbline.ci.cli.config.TargetChoice;
import dev.plumbline.ci.cli.config.UsageException;
import dev.plumbline.conformance.repro.Reproducer;
import dev.plumbline.conformance.repro.Start;
import dev.plumbline.conformance.wire.Redactor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which reproducer is replayed, and who is asked: options of every command that replays one. */
final class ReproSubject {
  @Option(names = "--url", paramLabel = "URL", description = "Ask this server instead.")
  private @Nullable String url;

  @Option(
      names = "--header",
      paramLabel = "'NAME: VALUE'",
      description = "With --url: send this header with every request, as for plumbline verify.")
  private List<String> headers = new ArrayList<>();

  @Option(
      names = "--bundled",
      description = "Ask the bundled server as it is, without any planted defect, instead.")
  private boolean bundled;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "ID",
      description = "A number as in 0001, an id or a file.")
  private String id = "";

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "-- SERVER-COMMAND ARGS...",
      description = "After --, the command that starts another server to ask.")
  private List<String> command = new ArrayList<>();

  /** What the user calls the reproducer. */
  String id() throws UsageException {
    if (id.isEmpty()) {
      throw new UsageException(
          "which reproducer? Give a number as in 0001, an id or a file; plumbline repro list shows"
              + " them");
    }
    return id;
  }

  /** All are meant: one name more would say something else. */
  void namesNone() throws UsageException {
    if (!id.isEmpty()) {
      throw new UsageException(
          "--all replays every reproducer: leave '"
              + id
              + "' out; another server is named by --url or --bundled");
    }
  }

  /** The target the user names, or else the one the failure was found on. */
  TargetChoice target(Reproducer reproducer) throws UsageException {
    if ((url == null ? 0 : 1) + (command.isEmpty() ? 0 : 1) + (bundled ? 1 : 0) > 1) {
      throw new UsageException(
          "--url, --bundled and -- COMMAND name different servers; give one of them");
    }
    if (!command.isEmpty()) {
      return new TargetChoice.Command(command);
    }
    if (bundled) {
      return new TargetChoice.Bundled(null);
    }
    return at(url, reproducer.start());
  }

  private TargetChoice at(@Nullable String named, Start start) throws UsageException {
    String address = named == null ? start.url() : named;
    if (address == null) {
      return start.command().isEmpty()
          ? new TargetChoice.Bundled(start.mutant())
          : new TargetChoice.Command(start.command());
    }
    if (named == null && address.contains(Redactor.BLOT)) {
      throw new UsageException("the query of its address was not kept; name it with --url URL");
    }
    return new TargetChoice.Url(
        TargetChoice.parseUrl(address), headers.isEmpty() ? start.headers() : headers);
  }
}
