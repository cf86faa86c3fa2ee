package dev.plumbline.server.measure;

import dev.plumbline.server.Main;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** One process of the bundled server, from the class path of this one. */
final class ChildServer implements AutoCloseable {
  private static final String LISTENING = "listening ";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final CompletableFuture<URI> endpoint = new CompletableFuture<>();

  private ChildServer(Process process) {
    this.process = process;
    var _ = Thread.ofVirtual().name("server-output").start(this::read);
  }

  /**
   * Starts it.
   *
   * @param virtualMachine options of its virtual machine
   * @param options what follows on its command line
   */
  static ChildServer start(List<String> virtualMachine, List<String> options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(virtualMachine);
    command.addAll(List.of("-Xshare:auto", "--enable-native-access=ALL-UNNAMED", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(Main.class.getName());
    command.addAll(options);
    return new ChildServer(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  private void read() {
    try (Stream<String> lines = process.inputReader().lines()) {
      lines
          .filter(line -> line.startsWith(LISTENING))
          .forEach(line -> endpoint.complete(URI.create(line.substring(LISTENING.length()))));
    } finally {
      endpoint.completeExceptionally(new IOException("it ended before it listened"));
    }
  }

  /** Waits until it listens; its port. */
  int port() throws IOException, InterruptedException {
    try {
      return endpoint.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).getPort();
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("a server did not start", e);
    }
  }

  /** The number of its process. */
  long pid() {
    return process.pid();
  }

  /** Waits for its end; true when it ended by itself and well. */
  boolean ended() throws InterruptedException {
    return process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS) && process.exitValue() == 0;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
