package dev.plumbline.chaos.proxy;

/** The embedded proxy keeps the contract. */
final class EmbeddedProxyTest extends ToxiproxyApiContract {
  private static final long SEED = 42;

  @Override
  FaultProxy open() throws Exception {
    return FaultProxies.embedded(SEED);
  }
}
