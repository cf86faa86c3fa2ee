package dev.plumbline.chaos.proxy;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** The real Toxiproxy, started from the PATH, keeps the contract. */
final class PathToxiproxyTest extends ToxiproxyApiContract {
  @Override
  FaultProxy open() throws Exception {
    Optional<Path> executable = FaultProxies.onPath(System.getenv("PATH"));
    Assumptions.assumeTrue(
        executable.isPresent(), "not run: there is no toxiproxy-server on the PATH");
    return FaultProxies.started(executable.orElseThrow());
  }
}
