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
  private final CompletableFuture<URI> tcp = new CompletableFuture<>();

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
    return start(List.of(), virtualMachine, options);
  }

  /**
   * Starts it by way of another program.
   *
   * @param before that program, which becomes what follows it
   */
  static ChildServer start(List<String> before, List<String> virtualMachine, List<String> options)
      throws IOException {
    List<String> command = new ArrayList<>(before);
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
          .map(line -> URI.create(line.substring(LISTENING.length())))
          .forEach(this::listens);
    } finally {
      endpoint.completeExceptionally(new IOException("it ended before it listened"));
      tcp.completeExceptionally(new IOException("it does not listen for TCP"));
    }
  }

  private void listens(URI address) {
    CompletableFuture<URI> which = address.getScheme().equals("tcp") ? tcp : endpoint;
    which.complete(address);
  }

  /** Waits until it listens; its port. */
  int port() throws IOException, InterruptedException {
    return port(endpoint);
  }

  /** The same for TCP, which it must have been told to listen for. */
  int tcpPort() throws IOException, InterruptedException {
    return port(tcp);
  }

  private static int port(CompletableFuture<URI> address) throws IOException, InterruptedException {
    try {
      return address.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).getPort();
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("a server did not start", e);
    }
  }

  /** The number of its process. */
  long pid() {
    return process.pid();
  }

  /** Whether it runs. */
  boolean isAlive() {
    return process.isAlive();
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
