package dev.plumbline.conformance.target;

import dev.plumbline.conformance.wire.ChildProcess;
import dev.plumbline.evidence.model.HarnessException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The bundled server with the fixture the official suite expects, as a process of its own. */
public final class FixtureServer implements AutoCloseable {
  private static final String LISTENING = "listening ";
  private static final Duration END = Duration.ofSeconds(5);

  private final ChildProcess process;
  private final URI endpoint;

  private FixtureServer(ChildProcess process, URI endpoint) {
    this.process = process;
    this.endpoint = endpoint;
  }

  /**
   * Starts it on free ports.
   *
   * @throws HarnessException when it does not say where it listens
   */
  public static FixtureServer start(Installation installation)
      throws HarnessException, InterruptedException {
    return start(installation, List.of());
  }

  /**
   * Starts it on free ports, with settings of its own, each {@code path=value}.
   *
   * @throws HarnessException when it does not say where it listens
   */
  public static FixtureServer start(Installation installation, List<String> settings)
      throws HarnessException, InterruptedException {
    List<String> arguments = new ArrayList<>();
    Collections.addAll(arguments, "--fixture", "--port", "0", "--control-port", "0");
    settings.forEach(setting -> Collections.addAll(arguments, "--set", setting));
    ChildProcess process;
    try {
      process = ChildProcess.start(ServerCommand.of(installation.server(), List.of(), arguments));
    } catch (IOException e) {
      throw new HarnessException("the bundled server cannot be started: " + e.getMessage(), e);
    }
    Optional<String> line = process.nextLine(BundledTarget.START_DEADLINE);
    if (line.isEmpty() || !line.get().startsWith(LISTENING)) {
      String said = process.stderr().text().lines().reduce((a, b) -> b).orElse("nothing said");
      process.close();
      throw new HarnessException("the bundled server with its fixture did not start: " + said);
    }
    return new FixtureServer(process, URI.create(line.get().substring(LISTENING.length()).strip()));
  }

  /** Its MCP endpoint over HTTP. */
  public URI endpoint() {
    return endpoint;
  }

  /** The operating system's id of its process. */
  public long pid() {
    return process.pid();
  }

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
