package dev.plumbline.server.client;

import dev.plumbline.server.client.scenario.Interop;
import dev.plumbline.server.client.scenario.Scenarios;
import dev.plumbline.server.observe.trace.Otlp;
import dev.plumbline.server.observe.trace.RequestSpan;
import dev.plumbline.server.observe.trace.Tracing;
import dev.plumbline.server.protocol.RpcException;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/** The client as a process: {@code call}, {@code inspect}, {@code scenario}, {@code interop}. */
public final class Main {
  static final int EXIT_OK = 0;
  static final int EXIT_TOOL_ERROR = 1;
  static final int EXIT_USAGE = 2;

  private Main() {}

  /** Runs one command and leaves with its exit code. */
  public static void main(String[] arguments) {
    int code;
    try {
      code = run(List.of(arguments));
    } catch (UsageException e) {
      System.err.println(e.getMessage());
      code = EXIT_USAGE;
    } catch (InterruptedException e) {
      code = EXIT_TOOL_ERROR;
    } catch (Exception e) {
      System.err.println(e.getClass().getSimpleName() + ": " + e.getMessage());
      code = EXIT_TOOL_ERROR;
    }
    System.out.flush();
    System.exit(code);
  }

  private static Tracing tracing() throws UsageException {
    try {
      return Otlp.of(System.getenv(), "plumbline-client");
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private static int run(List<String> arguments) throws Exception {
    if (!arguments.isEmpty() && arguments.getFirst().equals("scenario")) {
      return Scenarios.run(URI.create(arguments.getLast()), System.getenv());
    }
    if (arguments.size() == 2 && arguments.getFirst().equals("interop")) {
      return Interop.run(URI.create(arguments.getLast()));
    }
    CommandLine line = CommandLine.parse(arguments);
    try (Tracing tracing = tracing();
        RequestSpan _ =
            tracing.beginning("plumbline " + line.command().name().toLowerCase(Locale.ROOT));
        McpClient client = new McpClient(line.target(), line.options())) {
      return switch (line.command()) {
        case INSPECT -> Inspection.run(client, line);
        case CALL -> ToolRun.run(client, line);
      };
    } catch (RpcException e) {
      throw new UsageException(
          "the server refuses: " + e.error().message() + " (" + e.error().code() + ")");
    } catch (IOException e) {
      throw new UsageException(line.unreachable(e));
    }
  }
}
