package dev.plumbline.server.client.wire;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A server as a child process, spoken to over its standard streams. */
public final class ProcessChannel implements LineChannel {
  /**
   * How long a server may take to leave once its input has ended, and again once it was asked to.
   */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final List<String> command;
  private final Map<String, String> environment;
  private final ProcessBuilder.Redirect errors;
  private @Nullable Process process;

  /**
   * A server to start.
   *
   * @param command program and arguments
   * @param environment what to add to this process's environment
   * @param errors where its standard error goes; what is there means nothing to the protocol
   */
  public ProcessChannel(
      List<String> command, Map<String, String> environment, ProcessBuilder.Redirect errors) {
    this.command = List.copyOf(command);
    this.environment = Map.copyOf(environment);
    this.errors = errors;
  }

  @Override
  public synchronized Streams open() throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors);
    builder.environment().putAll(environment);
    Process started = builder.start();
    process = started;
    return new Streams(started.getInputStream(), started.getOutputStream());
  }

  /**
   * Waits for the process, whose input is being closed, then asks, then ends it (2026-07-28
   * basic/transports/stdio, shutdown).
   */
  @Override
  public synchronized void close() {
    Process running = process;
    process = null;
    if (running == null) {
      return;
    }
    try {
      if (running.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
      running.destroy();
      if (!running.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        running.destroyForcibly();
      }
    } catch (InterruptedException e) {
      running.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
