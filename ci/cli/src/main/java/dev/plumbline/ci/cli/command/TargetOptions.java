package dev.plumbline.ci.cli.command;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which server: options shared by every command that judges one. */
final class TargetOptions {
  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "MCP endpoint of a running server, over HTTP.")
  @Nullable String url;

  @Option(
      names = "--header",
      paramLabel = "'NAME: VALUE'",
      description =
          "Send this header with every request; repeatable. Write credentials as "
              + "'Authorization: Bearer $${TOKEN}': the variable is read from the environment and "
              + "its value is never written anywhere.")
  List<String> headers = new ArrayList<>();

  @Option(
      names = "--mutant",
      paramLabel = "NAME",
      description = "Start the bundled server with this planted defect.")
  @Nullable String mutant;

  @Parameters(
      paramLabel = "-- SERVER-COMMAND ARGS...",
      arity = "0..*",
      description =
          "After --, the command that starts a server which speaks over stdin and stdout.")
  List<String> command = new ArrayList<>();
}
