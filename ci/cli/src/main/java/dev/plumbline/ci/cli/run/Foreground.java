package dev.plumbline.ci.cli.run;

import dev.plumbline.conformance.target.Installation;
import dev.plumbline.conformance.target.ServerCommand;
import dev.plumbline.evidence.model.HarnessException;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The bundled server or client in the foreground: same streams, same signals, same exit code. They
 * are processes, because nothing of the harness links what it judges.
 */
public final class Foreground {
  /** The bundled server. */
  public static final String SERVER = ServerCommand.MAIN;

  /** The bundled client. */
  public static final String CLIENT = "dev.plumbline.server.client.Main";

  // One answer and gone: starting fast matters more than running fast.
  private static final List<String> SHORT_LIVED =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  /** Longer than the server takes to drain. */
  private static final Duration GRACE = Duration.ofSeconds(15);

  private Foreground() {}

  /**
   * Starts the program and waits for its end; SIGTERM and Ctrl-C are passed on.
   *
   * @param main {@link #SERVER} or {@link #CLIENT}
   * @return its exit code
   * @throws HarnessException when it cannot be started
   */
  public static int run(Installation installation, String main, List<String> arguments)
      throws HarnessException, InterruptedException {
    if (!Files.isDirectory(installation.server())) {
      throw new HarnessException(
          installation.server() + " is missing; build Plumbline, or start it with ./plumbline");
    }
    List<String> command =
        main.equals(SERVER)
            ? ServerCommand.of(installation.server(), List.of(), arguments)
            : shortLived(installation, main, arguments);
    Process server;
    try {
      server = new ProcessBuilder(command).inheritIO().start();
    } catch (IOException e) {
      throw new HarnessException(main + " cannot be started: " + Causes.reason(e), e);
    }
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("serve").unstarted(() -> stop(server)));
    return server.waitFor();
  }

  private static List<String> shortLived(
      Installation installation, String main, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Installation.java().toString());
    command.addAll(SHORT_LIVED);
    command.addAll(List.of("-cp", installation.server().resolve("*").toString(), main));
    command.addAll(arguments);
    return command;
  }

  private static void stop(Process server) {
    boolean asked = server.isAlive();
    server.destroy();
    try {
      if (!server.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        server.destroyForcibly();
      }
    } catch (InterruptedException e) {
      server.destroyForcibly();
    }
    if (asked && !server.isAlive()) {
      // A signal that was passed on ends in the server's code, not in the JVM's 143.
      Runtime.getRuntime().halt(server.exitValue());
    }
  }
}
