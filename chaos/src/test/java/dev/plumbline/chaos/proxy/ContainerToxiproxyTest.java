package dev.plumbline.chaos.proxy;

import org.junit.jupiter.api.Assumptions;

/** The real Toxiproxy in a container keeps the contract. */
final class ContainerToxiproxyTest extends ToxiproxyApiContract {
  @Override
  FaultProxy open() throws Exception {
    String image = System.getenv().getOrDefault(ProxyChoice.IMAGE_VARIABLE, "");
    String obstacle = FaultProxies.containerObstacle(image).orElse("");
    Assumptions.assumeTrue(obstacle.isEmpty(), "not run: " + obstacle);
    return FaultProxies.container(image);
  }
}
