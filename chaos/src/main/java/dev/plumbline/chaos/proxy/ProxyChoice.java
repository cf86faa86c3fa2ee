package dev.plumbline.chaos.proxy;

import dev.plumbline.evidence.model.HarnessException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Which fault proxy to use.
 *
 * @param wanted {@code auto}, {@code embedded}, {@code path}, {@code container} or an address
 * @param path where executables are looked for
 * @param image the image to make a container of; empty for one that the Docker daemon has already
 */
public record ProxyChoice(String wanted, String path, String image) {
  /** Names the address of a running Toxiproxy, or a kind of proxy. */
  public static final String VARIABLE = "PLUMBLINE_TOXIPROXY";

  /** Names the image of a Toxiproxy container. */
  public static final String IMAGE_VARIABLE = "PLUMBLINE_TOXIPROXY_IMAGE";

  private static final String AUTO = "auto";

  /** What was typed, or else what the environment says. */
  public static ProxyChoice of(String typed, Map<String, String> environment) {
    String wanted = typed.isBlank() ? environment.getOrDefault(VARIABLE, "") : typed;
    return new ProxyChoice(
        wanted.isBlank() ? AUTO : wanted.strip(),
        environment.getOrDefault("PATH", ""),
        environment.getOrDefault(IMAGE_VARIABLE, "").strip());
  }

  /** The one inside Plumbline. */
  public static ProxyChoice embedded() {
    return new ProxyChoice(Backend.Kind.EMBEDDED.id(), "", "");
  }

  /**
   * Opens the proxy that was asked for, or with {@code auto} the first of: one on the path, a
   * container, the embedded one. It has passed its self-test.
   *
   * @param seed where the embedded proxy's random choices come from
   * @param notes told why a proxy is not used
   * @throws HarnessException when what was asked for cannot be had
   */
  public FaultProxy open(long seed, Consumer<String> notes)
      throws HarnessException, InterruptedException {
    return switch (wanted) {
      case AUTO -> best(seed, notes);
      case "embedded" -> tested(FaultProxies.embedded(seed));
      case "path" ->
          tested(
              FaultProxies.started(
                  FaultProxies.onPath(path)
                      .orElseThrow(
                          () ->
                              new HarnessException(
                                  "there is no toxiproxy-server on the PATH: install it or leave"
                                      + " the choice to auto"))));
      case "container" -> tested(FaultProxies.container(image));
      default -> tested(FaultProxies.at(wanted));
    };
  }

  private FaultProxy best(long seed, Consumer<String> notes)
      throws HarnessException, InterruptedException {
    Optional<Path> executable = FaultProxies.onPath(path);
    if (executable.isPresent()) {
      try {
        return tested(FaultProxies.started(executable.get()));
      } catch (HarnessException e) {
        notes.accept("toxiproxy-server is not used: " + e.getMessage());
      }
    }
    Optional<String> obstacle = FaultProxies.containerObstacle(image);
    if (obstacle.isEmpty()) {
      try {
        return tested(FaultProxies.container(image));
      } catch (HarnessException e) {
        notes.accept("the Toxiproxy container is not used: " + e.getMessage());
      }
    }
    return tested(FaultProxies.embedded(seed));
  }

  private static FaultProxy tested(FaultProxy proxy) throws HarnessException, InterruptedException {
    try {
      proxy.selfTest();
      return proxy;
    } catch (HarnessException | InterruptedException | RuntimeException e) {
      proxy.close();
      throw e;
    }
  }
}
