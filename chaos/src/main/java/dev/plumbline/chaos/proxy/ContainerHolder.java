package dev.plumbline.chaos.proxy;

import java.io.IOException;
import java.util.List;
import org.testcontainers.containers.startupcheck.IsRunningStartupCheckStrategy;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.toxiproxy.ToxiproxyContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * A process that holds a Toxiproxy container through Testcontainers, until its standard input ends:
 * so the container ends with the run that wanted it, even when that is killed. It is a process of
 * its own because Testcontainers takes some settings from the environment only, and because its
 * many jars are then on nobody else's class path.
 */
public final class ContainerHolder {
  /** What is printed when the container runs. */
  static final String RUNNING = "running";

  private static final String OFFICIAL = "shopify/toxiproxy";

  private ContainerHolder() {}

  /**
   * Starts the container, says so, and ends it when the input ends.
   *
   * @param args the image and the port its API shall have on loopback
   */
  public static void main(String[] args) throws IOException {
    try (ToxiproxyContainer container = container(args[0], Integer.parseInt(args[1]))) {
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(container::stop));
      container.start();
      System.out.println(RUNNING);
      System.in.transferTo(java.io.OutputStream.nullOutputStream());
    } catch (RuntimeException e) {
      System.out.println(lineOf(e));
    }
  }

  /**
   * In the host's network: its proxies must reach a target on loopback, and we must reach their
   * ports, which are known only later.
   */
  private static ToxiproxyContainer container(String image, int port) {
    ToxiproxyContainer container =
        new ToxiproxyContainer(DockerImageName.parse(image).asCompatibleSubstituteFor(OFFICIAL));
    container.setExposedPorts(List.of());
    container
        .withNetworkMode("host")
        .withCommand("-host=127.0.0.1", "-port=" + port)
        .withImagePullPolicy(name -> false)
        .withStartupCheckStrategy(new IsRunningStartupCheckStrategy())
        .waitingFor(
            new AbstractWaitStrategy() {
              @Override
              protected void waitUntilReady() {
                // No port is mapped in the host's network; who wanted the container asks its API.
              }
            });
    return container;
  }

  private static String lineOf(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage()).lines().findFirst().orElse("no reason given");
  }
}
