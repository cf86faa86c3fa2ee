package dev.plumbline.ci.cli.command;

import dev.plumbline.ci.cli.terminal.Display;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Where a command prints, and what it may know of its surroundings.
 *
 * @param out results
 * @param err one line about what went wrong, and progress when {@code out} is for machines
 * @param outDisplay what {@code out} can show
 * @param errDisplay what {@code err} can show
 * @param environment the process environment
 * @param command how the user calls us, for lines to copy
 */
public record Console(
    PrintStream out,
    PrintStream err,
    Display outDisplay,
    Display errDisplay,
    Map<String, String> environment,
    String command) {

  /** Set by the launcher: which of {@code out} and {@code err} are terminals. */
  private static final String TERMINALS = "plumbline.terminals";

  /** Set by the launcher: how it was called. */
  private static final String COMMAND = "plumbline.command";

  /** Copies the map. */
  public Console {
    environment = Map.copyOf(environment);
  }

  /** The console of this process. */
  public static Console ofProcess() {
    Map<String, String> environment = System.getenv();
    List<String> terminals = Arrays.asList(System.getProperty(TERMINALS, "").split(",", -1));
    // The JVM sets stdout.encoding only for terminals; a pipe gets what the locale says.
    String charset = System.getProperty("native.encoding", "UTF-8");
    return new Console(
        stream(FileDescriptor.out, charset),
        stream(FileDescriptor.err, charset),
        Display.detect(terminals.contains("out"), charset, environment),
        Display.detect(terminals.contains("err"), charset, environment),
        environment,
        System.getProperty(COMMAND, "plumbline"));
  }

  private static PrintStream stream(FileDescriptor descriptor, String charset) {
    Charset known =
        Charset.isSupported(charset) ? Charset.forName(charset) : StandardCharsets.UTF_8;
    return new PrintStream(new FileOutputStream(descriptor), false, known);
  }
}
