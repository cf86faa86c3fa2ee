package dev.plumbline.server.client.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.plumbline.server.limit.Clocks;
import dev.plumbline.server.protocol.Message;
import dev.plumbline.server.protocol.RequestId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What all wires to one server share (C8, R160). */
@Timeout(30)
class ReachTest {
  private static final Duration CONNECT = Duration.ofSeconds(10);

  private final AtomicLong now = new AtomicLong(1);
  private final Reach reach = new Reach(new Clocks(now::get, InstantSource.system(), () -> 0.5));
  private int closed;

  @BeforeEach
  void findAPortNobodyListensTo() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
  }

  private Wire wire(String kind) {
    return switch (kind) {
      case "tcp" -> new LineWire(new TcpChannel("127.0.0.1", closed, CONNECT), reach);
      case "websocket" ->
          new WebSocketWire(
              URI.create("ws://127.0.0.1:" + closed + "/"),
              new HttpSettings(Map.of(), Authorizer.NONE, CONNECT, HttpClient.Version.HTTP_1_1),
              reach);
      case "child" ->
          new LineWire(
              new ProcessChannel(
                  List.of("/no/such/program"), Map.of(), ProcessBuilder.Redirect.DISCARD),
              reach);
      default -> throw new IllegalArgumentException(kind);
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp", "websocket", "child"})
  void aServerThatCannotBeReachedIsLeftAlone(String kind) {
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(() -> open(wire(kind)))
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(ServerAwayException.class);
    }
    ServerAwayException away =
        catchThrowableOfType(ServerAwayException.class, () -> open(wire(kind)));
    assertThat(away.retryAfter()).isEqualTo(Duration.ofMillis(500));
    now.addAndGet(Duration.ofMillis(500).toNanos());
    assertThatThrownBy(() -> open(wire(kind)))
        .as("one is let through to see whether it is back")
        .isNotInstanceOf(ServerAwayException.class);
  }

  @Test
  void aRefusalIsASignOfLife() {
    Supplier<IOException> refusal = () -> new RefusedException(403, null);
    for (int i = 0; i < 10; i++) {
      assertThatThrownBy(
              () ->
                  reach.attempt(
                      e -> !(e instanceof RefusedException),
                      () -> {
                        throw refusal.get();
                      }))
          .isInstanceOf(RefusedException.class);
    }
  }

  @Test
  void allTogetherTryAgainFiveTimesIn30Seconds() throws InterruptedException {
    AtomicInteger taken = new AtomicInteger();
    List<Thread> many =
        IntStream.range(0, 50)
            .mapToObj(
                _ ->
                    Thread.startVirtualThread(
                        () -> {
                          if (reach.again()) {
                            taken.incrementAndGet();
                          }
                        }))
            .toList();
    for (Thread one : many) {
      one.join();
    }
    assertThat(taken).hasValue(5);
    now.addAndGet(Duration.ofSeconds(30).toNanos());
    assertThat(reach.again()).isTrue();
  }

  private static void open(Wire wire) throws IOException, InterruptedException {
    try (wire) {
      wire.open(NOBODY);
    }
  }

  private static final Receiver NOBODY =
      new Receiver() {
        @Override
        public void received(Message message) {}

        @Override
        public void failed(RequestId id, IOException why) {}

        @Override
        public void lost(IOException why) {}

        @Override
        public void malformed(String why) {}
      };
}
