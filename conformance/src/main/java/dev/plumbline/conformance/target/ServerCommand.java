package dev.plumbline.conformance.target;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The command that starts the bundled server: the same for everybody who starts it. */
public final class ServerCommand {
  /** The server's main class. */
  public static final String MAIN = "dev.plumbline.server.Main";

  /**
   * The control plane's threads before all others, event loops before requests (R010). A JVM obeys
   * the priorities of threads only when it is told to; its compilers would then precede requests.
   */
  private static final List<String> PRIORITIES =
      List.of("-XX:ThreadPriorityPolicy=1", "-XX:CompilerThreadPriority=0");

  /** The sockets of the operating system that can be handed over, and the library they need. */
  private static final String NATIVE_ACCESS = "--enable-native-access=ALL-UNNAMED";

  /** A server ends with who started it. */
  private static final String PARENT = "-Dplumbline.parent=";

  /**
   * A JVM that has no memory left ends, so that whoever watches it starts another: with some of its
   * threads gone it would go on without an answer. An error that a handler makes up is none.
   */
  private static final String NO_MEMORY = "-XX:+ExitOnOutOfMemoryError";

  /** For a process that lives for one conversation. */
  private static final List<String> SHORT_LIVED =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final int HEX = 16;

  /** The capability to raise the priority of threads, capabilities(7). */
  private static final int CAP_SYS_NICE = 23;

  private ServerCommand() {}

  /**
   * The command.
   *
   * @param jars the folder of jars the server runs from
   * @param jvm further arguments of its JVM
   * @param arguments arguments of the server
   */
  public static List<String> of(Path jars, List<String> jvm, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Installation.java().toString());
    command.add(NATIVE_ACCESS);
    command.add(PARENT + ProcessHandle.current().pid());
    command.add(NO_MEMORY);
    if (prioritiesAllowed()) {
      command.addAll(PRIORITIES);
    }
    command.addAll(jvm);
    command.addAll(List.of("-cp", jars.resolve("*").toString(), MAIN));
    command.addAll(arguments);
    return command;
  }

  /**
   * The command of a server for one conversation: it starts fast rather than runs fast, from the
   * start cache where there is one already.
   *
   * @param jars the folder of jars the server runs from
   * @param arguments arguments of the server
   */
  public static List<String> shortLived(Path jars, List<String> arguments) {
    List<String> jvm = new ArrayList<>(SHORT_LIVED);
    jvm.addAll(new StartCache(jars, SHORT_LIVED).arguments());
    return of(jars, jvm, arguments);
  }

  /** Whether a child of this process may raise priorities; false where that cannot be known. */
  public static boolean prioritiesAllowed() {
    try (Stream<String> lines = Files.lines(STATUS)) {
      return prioritiesAllowed(lines.toList());
    } catch (IOException e) {
      return false;
    }
  }

  /** The JVM asks for the superuser, the kernel for the capability. */
  static boolean prioritiesAllowed(List<String> status) {
    return value(status, "Uid:").matches("\\d+\\s+0\\s.*")
        && value(status, "CapEff:").matches("[0-9a-f]{1,16}")
        && (Long.parseUnsignedLong(value(status, "CapEff:"), HEX) >>> CAP_SYS_NICE & 1) == 1;
  }

  private static String value(List<String> status, String name) {
    return status.stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(name.length()).strip())
        .findFirst()
        .orElse("");
  }
}
