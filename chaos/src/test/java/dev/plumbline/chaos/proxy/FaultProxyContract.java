package dev.plumbline.chaos.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.plumbline.chaos.proxy.FaultLink.Injection;
import dev.plumbline.chaos.toxic.Direction;
import dev.plumbline.chaos.toxic.Toxic;
import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import eu.rekawek.toxiproxy.model.ToxicDirection;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** What a fault proxy does to TCP connections, whoever wrote it. Times are lower bounds only. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
abstract class FaultProxyContract {
  private static final int PATIENCE_MILLIS = 5_000;
  private static final int SILENCE_MILLIS = 300;
  private static final AtomicInteger NAMES = new AtomicInteger();

  private FaultProxy proxy;

  /** The backend under test; an aborted assumption says why it is not run. */
  abstract FaultProxy open() throws Exception;

  @SuppressWarnings("NullAway.Init")
  FaultProxyContract() {}

  @BeforeAll
  void start() throws Exception {
    proxy = open();
  }

  @AfterAll
  void stop() {
    if (proxy != null) {
      proxy.close();
    }
  }

  final InetSocketAddress api() {
    return proxy.api();
  }

  private FaultLink link(Upstream upstream) throws Exception {
    return proxy.link(
        getClass().getSimpleName() + "-" + NAMES.incrementAndGet(), upstream.address());
  }

  private static Socket dial(FaultLink link) throws IOException {
    Socket socket = new Socket();
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.connect(link.address(), PATIENCE_MILLIS);
    return socket;
  }

  private static void say(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(UTF_8));
  }

  private static String hear(Socket socket, int bytes) throws IOException {
    return new String(socket.getInputStream().readNBytes(bytes), UTF_8);
  }

  private static Duration timed(Action action) throws Exception {
    long from = System.nanoTime();
    action.run();
    return Duration.ofNanos(System.nanoTime() - from);
  }

  interface Action {
    void run() throws Exception;
  }

  private static List<Injection> down(Toxic toxic) {
    return List.of(new Injection(Direction.DOWNSTREAM, toxic));
  }

  private static List<Injection> up(Toxic toxic) {
    return List.of(new Injection(Direction.UPSTREAM, toxic));
  }

  @Test
  void passesItsSelfTestAndNamesItself() throws Exception {
    proxy.selfTest();
    assertThat(proxy.backend().version()).isNotBlank();
  }

  @Test
  void createsLinksThatAreDisabled() throws Exception {
    try (Upstream upstream = Upstream.echo();
        FaultLink link = link(upstream)) {
      assertThat(link.isEnabled()).isFalse();
      assertThatThrownBy(link::address).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void listensElsewhereWhenSomebodyHasThePort() throws Exception {
    try (Upstream upstream = Upstream.echo();
        FaultLink link = link(upstream)) {
      String chosen =
          new ToxiproxyClient(api().getHostString(), api().getPort())
              .getProxy(link.name())
              .getListen();
      int port = Integer.parseInt(chosen.substring(chosen.lastIndexOf(':') + 1));
      try (ServerSocket somebody = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        link.enable();
        int instead = link.address().getPort();
        assertThat(instead).isNotEqualTo(somebody.getLocalPort()).isBetween(20_000, 32_000);
        link.down();
        link.heal();
        assertThat(link.address().getPort()).isEqualTo(instead);
        try (Socket socket = dial(link)) {
          say(socket, "there");
          assertThat(hear(socket, 5)).isEqualTo("there");
        }
      }
    }
  }

  @Test
  void passesEverythingUnchangedWithoutFaults() throws Exception {
    String text = "x".repeat(200_000) + "end";
    try (Upstream upstream = Upstream.echo();
        FaultLink link = link(upstream)) {
      link.enable();
      try (Socket socket = dial(link)) {
        Thread.ofVirtual().start(() -> sayQuietly(socket, text));
        assertThat(hear(socket, text.length())).isEqualTo(text);
      }
    }
  }

  private static void sayQuietly(Socket socket, String text) {
    try {
      say(socket, text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void cutsAndRefusesConnectionsWhileDown() throws Exception {
    try (Upstream upstream = Upstream.echo();
        FaultLink link = link(upstream)) {
      link.enable();
      try (Socket socket = dial(link)) {
        say(socket, "a");
        assertThat(hear(socket, 1)).isEqualTo("a");
        link.down();
        assertThat(endOf(socket)).isIn("end", "reset");
        assertThatThrownBy(() -> dial(link).close()).isInstanceOf(ConnectException.class);
      }
      link.heal();
      try (Socket again = dial(link)) {
        say(again, "b");
        assertThat(hear(again, 1)).isEqualTo("b");
      }
    }
  }

  private static String endOf(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() < 0 ? "end" : "data";
    } catch (SocketTimeoutException e) {
      return "silence";
    } catch (SocketException e) {
      return "reset";
    }
  }

  @Test
  void delaysAnswersByTheLatencyLessTheJitter() throws Exception {
    try (Upstream upstream = Upstream.echo();
        FaultLink link = link(upstream)) {
      link.inject(down(new Toxic.Latency(200, 50)));
      try (Socket socket = dial(link)) {
        say(socket, "a");
        assertThat(timed(() -> hear(socket, 1))).isGreaterThan(Duration.ofMillis(140));
      }
    }
  }

  @Test
  void addsLatenciesOfBothDirectionsUp() throws Exception {
    try (Upstream upstream = Upstream.echo();
        FaultLink link = link(upstream)) {
      link.inject(
          List.of(
              new Injection(Direction.UPSTREAM, new Toxic.Latency(120, 0)),
              new Injection(Direction.DOWNSTREAM, new Toxic.Latency(120, 0))));
      try (Socket socket = dial(link)) {
        say(socket, "a");
        assertThat(timed(() -> hear(socket, 1))).isGreaterThan(Duration.ofMillis(230));
      }
    }
  }

  @Test
  void adjustsALatencyOnLiveConnections() throws Exception {
    try (Upstream upstream = Upstream.echo();
        FaultLink link = link(upstream)) {
      link.inject(down(new Toxic.Latency(1, 0)));
      try (Socket socket = dial(link)) {
        say(socket, "a");
        hear(socket, 1);
        link.adjust(down(new Toxic.Latency(250, 0)).getFirst());
        say(socket, "b");
        assertThat(timed(() -> hear(socket, 1))).isGreaterThan(Duration.ofMillis(200));
      }
    }
  }

  @Test
  void limitsTheBandwidth() throws Exception {
    String text = "x".repeat(30_000);
    try (Upstream upstream = Upstream.echo();
        FaultLink link = link(upstream)) {
      link.inject(down(new Toxic.Bandwidth(100)));
      try (Socket socket = dial(link)) {
        say(socket, text);
        // 30 kB at 100 kB/s are 300 ms; the first piece may be early.
        assertThat(timed(() -> assertThat(hear(socket, text.length())).isEqualTo(text)))
            .isGreaterThan(Duration.ofMillis(200));
      }
    }
  }

  @Test
  void delaysTheClosing() throws Exception {
    try (Upstream upstream = Upstream.that(socket -> socket.getOutputStream().write('a'));
        FaultLink link = link(upstream)) {
      link.inject(down(new Toxic.SlowClose(300)));
      try (Socket socket = dial(link)) {
        assertThat(hear(socket, 1)).isEqualTo("a");
        assertThat(timed(() -> assertThat(endOf(socket)).isEqualTo("end")))
            .isGreaterThan(Duration.ofMillis(200));
      }
    }
  }

  @Test
  void swallowsEverythingAndClosesWhenTheTimeoutIsHealed() throws Exception {
    try (Upstream upstream = Upstream.echo();
        FaultLink link = link(upstream)) {
      link.inject(down(new Toxic.Timeout(0)));
      try (Socket socket = dial(link)) {
        socket.setSoTimeout(SILENCE_MILLIS);
        say(socket, "a");
        assertThat(endOf(socket)).isEqualTo("silence");
        socket.setSoTimeout(PATIENCE_MILLIS);
        link.heal();
        assertThat(endOf(socket)).isIn("end", "reset");
      }
      assertThat(link.toxics()).isEmpty();
      try (Socket again = dial(link)) {
        say(again, "b");
        assertThat(hear(again, 1)).isEqualTo("b");
      }
    }
  }

  @Test
  void closesAfterTheTimeout() throws Exception {
    try (Upstream upstream = Upstream.echo();
        FaultLink link = link(upstream)) {
      link.inject(down(new Toxic.Timeout(200)));
      try (Socket socket = dial(link)) {
        assertThat(timed(() -> assertThat(endOf(socket)).isIn("end", "reset")))
            .isGreaterThan(Duration.ofMillis(150));
      }
    }
  }

  @Test
  void swallowsOnlyTheDirectionThatIsStalled() throws Exception {
    AtomicInteger received = new AtomicInteger();
    Upstream.Behaviour count =
        socket -> {
          while (socket.getInputStream().read() >= 0) {
            received.incrementAndGet();
          }
        };
    try (Upstream upstream = Upstream.that(count);
        FaultLink link = link(upstream)) {
      link.inject(down(new Toxic.Timeout(0)));
      try (Socket socket = dial(link)) {
        say(socket, "abc");
        await().until(() -> received.get() == 3);
      }
    }
  }

  @Test
  void resetsThePeer() throws Exception {
    try (Upstream upstream = Upstream.echo();
        FaultLink link = link(upstream)) {
      link.inject(down(new Toxic.ResetPeer(100)));
      try (Socket socket = dial(link)) {
        say(socket, "a");
        assertThat(timed(() -> assertThat(endOf(socket)).isEqualTo("reset")))
            .isGreaterThan(Duration.ofMillis(80));
      }
    }
  }

  @Test
  void slicesWithoutLosingAByte() throws Exception {
    String text = "0123456789".repeat(20);
    try (Upstream upstream = Upstream.echo();
        FaultLink link = link(upstream)) {
      link.inject(up(new Toxic.Slicer(20, 5, 10_000)));
      try (Socket socket = dial(link)) {
        say(socket, text);
        // At least 7 pieces (200 / (20 + 5), less the last) with 10 ms after each.
        assertThat(timed(() -> assertThat(hear(socket, text.length())).isEqualTo(text)))
            .isGreaterThan(Duration.ofMillis(50));
      }
    }
  }

  @Test
  void closesAfterTheLimitOfData() throws Exception {
    try (Upstream upstream = Upstream.echo();
        FaultLink link = link(upstream)) {
      link.inject(down(new Toxic.LimitData(4)));
      try (Socket socket = dial(link)) {
        say(socket, "abcdefgh");
        assertThat(hear(socket, 4)).isEqualTo("abcd");
        assertThat(endOf(socket)).isIn("end", "reset");
      }
    }
  }

  @Test
  void replacesEarlierFaultsByAnInjection() throws Exception {
    try (Upstream upstream = Upstream.echo();
        FaultLink link = link(upstream)) {
      link.inject(down(new Toxic.Timeout(0)));
      link.inject(up(new Toxic.Latency(5, 0)));
      assertThat(link.toxics()).containsExactly("latency_upstream");
      try (Socket socket = dial(link)) {
        say(socket, "a");
        assertThat(hear(socket, 1)).isEqualTo("a");
      }
    }
  }

  @Test
  void sparesEveryConnectionAtToxicityZero() throws Exception {
    ToxiproxyClient client =
        new ToxiproxyClient(proxy.api().getHostString(), proxy.api().getPort());
    String name = getClass().getSimpleName() + "-toxicity";
    try (Upstream upstream = Upstream.echo()) {
      Proxy made =
          client.createProxy(name, "127.0.0.1:0", "127.0.0.1:" + upstream.address().getPort());
      made.toxics().timeout("stall", ToxicDirection.DOWNSTREAM, 0).setToxicity(0);
      String listen = made.getListen();
      try (Socket socket =
          new Socket(
              InetAddress.getLoopbackAddress(),
              Integer.parseInt(listen.substring(listen.lastIndexOf(':') + 1)))) {
        socket.setSoTimeout(PATIENCE_MILLIS);
        say(socket, "a");
        assertThat(hear(socket, 1)).isEqualTo("a");
        assertThat(made.toxics().get("stall").getToxicity()).isZero();
      }
      made.delete();
      assertThat(client.getProxyOrNull(name)).isNull();
    }
  }

  @Test
  void closesTheClientWhenTheUpstreamIsUnreachable() throws Exception {
    Upstream gone = Upstream.echo();
    gone.close();
    try (FaultLink link = link(gone)) {
      link.enable();
      try (Socket socket = dial(link)) {
        assertThat(endOf(socket)).isIn("end", "reset");
      }
    }
  }
}
