package dev.plumbline.perf.process;

import dev.plumbline.conformance.target.ServerCommand;
import dev.plumbline.conformance.wire.ChildProcess;
import dev.plumbline.evidence.model.HarnessException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The bundled server as a process to be measured, with its control port. */
public final class ServerProcess implements AutoCloseable {
  private static final String LISTENING = "listening ";
  private static final String CONTROL = "control ";
  private static final Duration START = Duration.ofSeconds(20);
  private static final Duration END = Duration.ofSeconds(12);

  private final ChildProcess process;
  private final URI endpoint;
  private final URI control;

  private ServerProcess(ChildProcess process, URI endpoint, URI control) {
    this.process = process;
    this.endpoint = endpoint;
    this.control = control;
  }

  /**
   * The command that starts the server of an installation on free ports.
   *
   * @param jvm arguments of its JVM
   * @param options further options of the server
   */
  public static List<String> command(
      Path jars, List<String> jvm, List<String> options, Affinity affinity) {
    List<String> arguments = new ArrayList<>(List.of("--port", "0", "--control-port", "0"));
    arguments.addAll(options);
    return affinity.forServer(ServerCommand.of(jars, jvm, arguments));
  }

  /**
   * Starts it and waits until it says where it listens.
   *
   * @throws HarnessException when it does not
   */
  public static ServerProcess start(List<String> command)
      throws HarnessException, InterruptedException {
    ChildProcess process;
    try {
      process = ChildProcess.start(command);
    } catch (IOException e) {
      throw new HarnessException("the bundled server cannot be started: " + e.getMessage(), e);
    }
    boolean started = false;
    try {
      URI endpoint = address(process, LISTENING);
      URI control = address(process, CONTROL);
      started = true;
      return new ServerProcess(process, endpoint, control);
    } finally {
      if (!started) {
        process.close();
      }
    }
  }

  private static URI address(ChildProcess process, String prefix)
      throws HarnessException, InterruptedException {
    Optional<String> line = process.nextLine(START);
    if (line.isEmpty() || !line.get().startsWith(prefix)) {
      String said = process.stderr().text().lines().reduce((a, b) -> b).orElse("nothing said");
      throw new HarnessException(
          "the bundled server did not say '" + prefix + "…' but " + line.orElse(said));
    }
    return URI.create(line.get().substring(prefix.length()).strip());
  }

  /** Its MCP endpoint over HTTP. */
  public URI endpoint() {
    return endpoint;
  }

  /** Its control port. */
  public URI control() {
    return control;
  }

  /** The operating system's id. */
  public long pid() {
    return process.pid();
  }

  /** Whether it runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Asks it to end, and waits until it has drained. */
  @Override
  public void close() {
    process.terminate();
    try {
      process.awaitEnd(END);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.close();
  }
}
