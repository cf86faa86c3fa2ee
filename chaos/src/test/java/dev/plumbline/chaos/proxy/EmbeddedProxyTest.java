package dev.plumbline.chaos.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import eu.rekawek.toxiproxy.model.ToxicDirection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import org.junit.jupiter.api.Test;

/** The embedded proxy keeps the contract. */
final class EmbeddedProxyTest extends ToxiproxyApiContract {
  private static final long SEED = 42;
  private static final int CONNECTIONS = 16;

  @Override
  FaultProxy open() throws Exception {
    return FaultProxies.embedded(SEED);
  }

  @Test
  void repeatsItsRandomChoicesForASeed() throws Exception {
    String pattern = victims(SEED);
    assertThat(pattern).contains("x").contains(".").isEqualTo(victims(SEED));
    assertThat(victims(SEED + 1)).isNotEqualTo(pattern);
  }

  /** Which of some connections, one after the other, a toxic of toxicity one half works on. */
  private static String victims(long seed) throws Exception {
    StringBuilder pattern = new StringBuilder();
    try (FaultProxy proxy = FaultProxies.embedded(seed);
        Upstream upstream = Upstream.echo()) {
      ToxiproxyClient client = new ToxiproxyClient("127.0.0.1", proxy.api().getPort());
      Proxy made =
          client.createProxy("dice", "127.0.0.1:0", "127.0.0.1:" + upstream.address().getPort());
      made.toxics().limitData("nothing", ToxicDirection.DOWNSTREAM, 0).setToxicity(0.5f);
      int port = Integer.parseInt(made.getListen().replaceFirst(".*:", ""));
      for (int i = 0; i < CONNECTIONS; i++) {
        pattern.append(passes(port) ? '.' : 'x');
      }
    }
    return pattern.toString();
  }

  private static boolean passes(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write('a');
      return socket.getInputStream().read() == 'a';
    } catch (SocketException e) {
      return false;
    }
  }

  @Test
  void refusesToListenBeyondLoopback() throws Exception {
    try (FaultProxy proxy = FaultProxies.embedded(SEED)) {
      ToxiproxyClient client = new ToxiproxyClient("127.0.0.1", proxy.api().getPort());
      assertThatThrownBy(() -> client.createProxy("open", "0.0.0.0:0", "127.0.0.1:9"))
          .hasMessageContaining("loopback");
    }
  }
}
