package dev.plumbline.chaos.proxy;

import dev.plumbline.evidence.model.HarnessException;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A {@code toxiproxy-server} of ours: started on a free port, ended with us. */
final class ProxyProcess implements AutoCloseable {
  private static final String EXECUTABLE = "toxiproxy-server";

  /** How long it may take until the API answers. */
  private static final Duration START_DEADLINE = Duration.ofSeconds(5);

  private static final Duration POLL = Duration.ofMillis(20);

  /** A port found free may be taken by another process before it is used. */
  private static final int START_ATTEMPTS = 3;

  private static final Duration END_DEADLINE = Duration.ofSeconds(2);

  private final Process process;
  private final Thread onExit;
  private final InetSocketAddress api;
  private final String version;

  private ProxyProcess(Process process, Thread onExit, InetSocketAddress api, String version) {
    this.process = process;
    this.onExit = onExit;
    this.api = api;
    this.version = version;
  }

  static Optional<Path> find(String path) {
    return Arrays.stream(path.split(File.pathSeparator, -1))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, EXECUTABLE))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
  }

  InetSocketAddress api() {
    return api;
  }

  String version() {
    return version;
  }

  static ProxyProcess start(Path executable) throws HarnessException, InterruptedException {
    HarnessException last = new HarnessException("not tried");
    for (int attempt = 1; attempt <= START_ATTEMPTS; attempt++) {
      try {
        return startOn(executable, freePort());
      } catch (HarnessException e) {
        last = e;
      }
    }
    throw last;
  }

  private static ProxyProcess startOn(Path executable, int port)
      throws HarnessException, InterruptedException {
    InetSocketAddress api = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    Process process;
    try {
      process =
          new ProcessBuilder(
                  executable.toString(), "-host", "127.0.0.1", "-port", Integer.toString(port))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      throw new HarnessException(executable + " does not start: " + e.getMessage(), e);
    }
    // Also ended when the run is.
    Thread onExit = Thread.ofPlatform().unstarted(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(onExit);
    try {
      return new ProxyProcess(process, onExit, api, awaitVersion(process, api));
    } catch (HarnessException | InterruptedException | RuntimeException e) {
      end(process, onExit);
      throw e;
    }
  }

  static String awaitVersion(Process process, InetSocketAddress api)
      throws HarnessException, InterruptedException {
    long deadline = System.nanoTime() + START_DEADLINE.toNanos();
    while (true) {
      try {
        return DrivenProxy.version(api);
      } catch (HarnessException e) {
        boolean ended = process.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS);
        if (ended || System.nanoTime() > deadline) {
          throw e;
        }
      }
    }
  }

  static int freePort() throws HarnessException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new HarnessException("no free port: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    end(process, onExit);
  }

  private static void end(Process process, Thread onExit) {
    boolean interrupted = Thread.interrupted();
    process.destroy();
    try {
      if (!process.waitFor(END_DEADLINE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor(END_DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      interrupted = true;
    }
    try {
      Runtime.getRuntime().removeShutdownHook(onExit);
    } catch (IllegalStateException e) {
      // Already shutting down.
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
