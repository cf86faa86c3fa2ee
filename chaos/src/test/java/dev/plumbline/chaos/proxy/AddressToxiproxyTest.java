package dev.plumbline.chaos.proxy;

import org.junit.jupiter.api.Assumptions;

/** The real Toxiproxy whose address is given keeps the contract. */
final class AddressToxiproxyTest extends ToxiproxyApiContract {
  @Override
  FaultProxy open() throws Exception {
    String address = System.getenv("PLUMBLINE_TOXIPROXY");
    Assumptions.assumeTrue(
        address != null && !address.isBlank(),
        "not run: PLUMBLINE_TOXIPROXY names no running Toxiproxy");
    return FaultProxies.at(address);
  }
}
