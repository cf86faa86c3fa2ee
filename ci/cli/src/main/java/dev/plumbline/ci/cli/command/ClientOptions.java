package dev.plumbline.ci.cli.command;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How to speak to a server: what the commands that use the bundled client share. */
final class ClientOptions {
  @Option(
      names = "--era",
      paramLabel = "ERA",
      description = "auto (default), handshake (up to 2025-11-25) or stateless (2026-07-28).")
  private @Nullable String era;

  @Option(
      names = "--header",
      paramLabel = "'NAME: VALUE'",
      description =
          "Send this header with every HTTP request; repeatable. 'Authorization: Bearer $${TOKEN}' "
              + "reads the variable from the environment.")
  private List<String> headers = new ArrayList<>();

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "How long to wait for an answer (default: 30).")
  private @Nullable String timeout;

  @Option(names = "--http2", description = "Speak HTTP/2 where the address allows it.")
  private boolean http2;

  @Option(names = "--json", description = "Print JSON for machines.")
  private boolean json;

  /** The client's own command line for these choices; it checks them. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    if (era != null) {
      arguments.addAll(List.of("--era", era));
    }
    for (String header : headers) {
      arguments.addAll(List.of("--header", header));
    }
    if (timeout != null) {
      arguments.addAll(List.of("--timeout", timeout));
    }
    if (http2) {
      arguments.add("--http2");
    }
    if (json) {
      arguments.add("--json");
    }
    return arguments;
  }
}
