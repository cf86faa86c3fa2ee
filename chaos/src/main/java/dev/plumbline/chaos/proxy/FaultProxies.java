package dev.plumbline.chaos.proxy;

import dev.plumbline.chaos.embedded.EmbeddedToxiproxy;
import dev.plumbline.evidence.model.HarnessException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;

/** Finds and starts fault proxies. */
public final class FaultProxies {
  /** The port of Toxiproxy's API when an address names none. */
  public static final int DEFAULT_PORT = 8474;

  private FaultProxies() {}

  /**
   * A real Toxiproxy that somebody else runs.
   *
   * @param address {@code host:port}, {@code host} or the same as {@code http://} URL
   * @throws HarnessException when none answers there
   */
  public static FaultProxy at(String address) throws HarnessException, InterruptedException {
    String bare = address.replaceFirst("^https?://", "").replaceFirst("/+$", "");
    int colon = bare.lastIndexOf(':');
    try {
      String host = colon < 0 ? bare : bare.substring(0, colon);
      int port = colon < 0 ? DEFAULT_PORT : Integer.parseInt(bare.substring(colon + 1));
      InetSocketAddress api = new InetSocketAddress(host, port);
      Backend backend = new Backend(Backend.Kind.ADDRESS, DrivenProxy.version(api), bare);
      return new DrivenProxy(backend, api, () -> {});
    } catch (IllegalArgumentException e) {
      throw new HarnessException("not an address of a Toxiproxy, host:port: " + address, e);
    }
  }

  /** A {@code toxiproxy-server} on the given PATH, or empty when there is none. */
  public static Optional<Path> onPath(String path) {
    return ProxyProcess.find(path);
  }

  /**
   * A real Toxiproxy started from an executable, on a free port of 127.0.0.1.
   *
   * @throws HarnessException when it does not start
   */
  public static FaultProxy started(Path executable) throws HarnessException, InterruptedException {
    ProxyProcess process = ProxyProcess.start(executable);
    Backend backend = new Backend(Backend.Kind.PATH, process.version(), executable.toString());
    return new DrivenProxy(backend, process.api(), process::close);
  }

  /**
   * Why no container can be used, found out in bounded time and without starting anything.
   *
   * @param image the image; empty for one that the daemon has already
   * @return one line, or empty when nothing stands in the way
   */
  public static Optional<String> containerObstacle(String image) throws InterruptedException {
    DockerDaemon docker = DockerDaemon.of(System.getenv());
    if (ContainerProxy.classPath().isEmpty()) {
      return Optional.of("Testcontainers is not there");
    }
    if (!docker.answers()) {
      return Optional.of("no Docker daemon answers");
    }
    return imageAtHand(docker, image).isPresent()
        ? Optional.empty()
        : Optional.of("the Docker daemon has no image of Toxiproxy; pull or name one");
  }

  /**
   * A real Toxiproxy in a container.
   *
   * @param image the image; empty for one that the daemon has already
   * @throws HarnessException when Docker, the image or the container cannot be had
   */
  public static FaultProxy container(String image) throws HarnessException, InterruptedException {
    Optional<String> obstacle = containerObstacle(image);
    if (obstacle.isPresent()) {
      throw new HarnessException(obstacle.get());
    }
    return ContainerProxy.start(imageAtHand(DockerDaemon.of(System.getenv()), image).orElseThrow());
  }

  /** Nothing is pulled: a run must not depend on a registry, nor wait for one. */
  private static Optional<String> imageAtHand(DockerDaemon docker, String wanted)
      throws InterruptedException {
    try {
      return docker.images().stream()
          .filter(
              name ->
                  wanted.isEmpty()
                      ? name.contains("toxiproxy:")
                      : name.equals(wanted) || name.equals(wanted + ":latest"))
          .sorted(Comparator.reverseOrder())
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * The proxy inside Plumbline.
   *
   * @param seed where its random choices come from
   */
  public static FaultProxy embedded(long seed) throws HarnessException {
    try {
      EmbeddedToxiproxy server = EmbeddedToxiproxy.start(seed);
      Backend backend =
          new Backend(Backend.Kind.EMBEDDED, EmbeddedToxiproxy.VERSION, "in this process");
      return new DrivenProxy(backend, server.api(), server::close);
    } catch (IOException e) {
      throw new HarnessException("the embedded fault proxy does not start: " + e.getMessage(), e);
    }
  }
}
