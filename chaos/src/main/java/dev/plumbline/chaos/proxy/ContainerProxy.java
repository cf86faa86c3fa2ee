package dev.plumbline.chaos.proxy;

import dev.plumbline.conformance.target.Installation;
import dev.plumbline.evidence.model.HarnessException;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A Toxiproxy in a container of ours, held by a {@link ContainerHolder} process. */
final class ContainerProxy implements AutoCloseable {
  /** How long a container may take to run, its image being at hand. */
  private static final Duration START_DEADLINE = Duration.ofSeconds(40);

  private static final Duration END_DEADLINE = Duration.ofSeconds(20);

  /** Where the build puts Testcontainers, below the installation's root. */
  private static final String JARS = "chaos/target/container";

  private static final String TESTCONTAINERS =
      "org/testcontainers/toxiproxy/ToxiproxyContainer.class";

  private final Process holder;

  private ContainerProxy(Process holder) {
    this.holder = holder;
  }

  /** The class path with Testcontainers on it, or empty when there is none. */
  static Optional<String> classPath() {
    if (ContainerProxy.class.getClassLoader().getResource(TESTCONTAINERS) != null) {
      return Optional.of(System.getProperty("java.class.path"));
    }
    Path jars = Installation.current().home().resolve(JARS);
    return Files.isDirectory(jars) ? Optional.of(jars.resolve("*").toString()) : Optional.empty();
  }

  static FaultProxy start(String image) throws HarnessException, InterruptedException {
    String classPath =
        classPath()
            .orElseThrow(
                () -> new HarnessException("Testcontainers is not there: build the project"));
    InetSocketAddress api =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), ProxyProcess.freePort());
    ContainerProxy container = new ContainerProxy(hold(classPath, image, api.getPort()));
    try {
      container.awaitRunning(image);
      String version = ProxyProcess.awaitVersion(container.holder, api);
      Backend backend = new Backend(Backend.Kind.CONTAINER, version, image);
      return new DrivenProxy(backend, api, container::close);
    } catch (HarnessException | InterruptedException | RuntimeException e) {
      container.close();
      throw e;
    }
  }

  private static Process hold(String classPath, String image, int port) throws HarnessException {
    Path java = Installation.java();
    ProcessBuilder builder =
        new ProcessBuilder(
                java.toString(),
                "-cp",
                classPath,
                ContainerHolder.class.getName(),
                image,
                Integer.toString(port))
            .redirectError(ProcessBuilder.Redirect.to(new File(nullDevice())));
    Map<String, String> environment = builder.environment();
    // Testcontainers would pull two more images first, one to clean up after us and one to try the
    // daemon out, and wait for minutes where there is no registry. The holder cleans up itself, and
    // the image at hand will do for trying out.
    environment.put("TESTCONTAINERS_RYUK_DISABLED", "true");
    environment.put("TESTCONTAINERS_CHECKS_DISABLE", "true");
    environment.put("TESTCONTAINERS_TINYIMAGE_CONTAINER_IMAGE", image);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new HarnessException("cannot start " + java + ": " + e.getMessage(), e);
    }
  }

  private static String nullDevice() {
    return File.separatorChar == '\\' ? "NUL" : "/dev/null";
  }

  private void awaitRunning(String image) throws HarnessException, InterruptedException {
    BufferedReader out =
        new BufferedReader(new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8));
    CompletableFuture<String> said = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> said.complete(read(out)));
    try {
      String line = said.get(START_DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
      if (!line.equals(ContainerHolder.RUNNING)) {
        throw new HarnessException("no container of " + image + ": " + line);
      }
    } catch (ExecutionException | TimeoutException e) {
      throw new HarnessException(
          "no container of " + image + " within " + START_DEADLINE.toSeconds() + " s", e);
    }
  }

  /** The verdict of the holder; what its libraries print meanwhile is skipped. */
  private static String read(BufferedReader out) {
    String last = "Testcontainers ended without a word";
    try {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        last = line;
        if (line.equals(ContainerHolder.RUNNING)) {
          return line;
        }
      }
    } catch (IOException e) {
      last = String.valueOf(e.getMessage());
    }
    return last;
  }

  /** Lets the holder stop the container. */
  @Override
  public void close() {
    boolean interrupted = Thread.interrupted();
    try {
      holder.getOutputStream().close();
      if (!holder.waitFor(END_DEADLINE.toMillis(), TimeUnit.MILLISECONDS)) {
        holder.destroy();
        if (!holder.waitFor(END_DEADLINE.toMillis(), TimeUnit.MILLISECONDS)) {
          holder.destroyForcibly();
        }
      }
    } catch (IOException e) {
      holder.destroy();
    } catch (InterruptedException e) {
      holder.destroy();
      interrupted = true;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
