package dev.plumbline.perf.flood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nothing is said about how fast anything is, only about what is counted. */
@Timeout(60)
final class FloodTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Request REQUEST =
      new Request("/mcp", "X: y\r\n", "{\"id\":" + Request.NUMBER + ",\"method\":\"ping\"}");

  private static Tally flood(TinyServer server, int width, Duration deadline, Arrivals arrivals)
      throws IOException, InterruptedException {
    try (Flood flood = new Flood(server.address(), List.of(REQUEST), width, deadline)) {
      flood.open();
      return flood.run(arrivals, SECOND);
    }
  }

  private static Arrivals some(int count) {
    return Arrivals.open(count, SECOND);
  }

  @Test
  void sendsEveryRequestOfTheScheduleOnceWithItsOwnId() throws Exception {
    Set<String> ids = ConcurrentHashMap.newKeySet();
    try (TinyServer server =
        new TinyServer(
            (_, id) -> {
              ids.add(id);
              return TinyServer.right(id);
            })) {
      Tally tally = flood(server, 16, PATIENCE, some(500));

      assertThat(tally.of(Fate.ANSWERED)).isEqualTo(500);
      assertThat(tally.total()).isEqualTo(500);
      assertThat(server.requests()).isEqualTo(500);
      assertThat(ids).hasSize(500);
      assertThat(Tally.sum(tally.answered()).getTotalCount()).isEqualTo(500);
      assertThat(Tally.sum(tally.lateness()).getTotalCount()).isEqualTo(500);
      assertThat(tally.details()).isEmpty();
    }
  }

  @Test
  void tellsRefusalsInTheirFormFromOtherAnswers() throws Exception {
    String body = "{\"jsonrpc\":\"2.0\",\"id\":%s,\"error\":{}}";
    try (TinyServer server =
        new TinyServer(
            (number, id) ->
                switch (number % 5) {
                  case 0 -> TinyServer.right(id);
                  case 1 -> TinyServer.refusal(id);
                  case 2 -> TinyServer.response(429, "", body.formatted(id));
                  case 3 -> TinyServer.response(429, "Retry-After: 1\r\n", body.formatted("7"));
                  default -> TinyServer.right("1");
                })) {
      Tally tally = flood(server, 1, PATIENCE, some(50));

      assertThat(tally.of(Fate.ANSWERED)).isEqualTo(10);
      assertThat(tally.of(Fate.REFUSED)).isEqualTo(10);
      assertThat(tally.of(Fate.WRONG)).isEqualTo(30);
      assertThat(tally.details()).hasSize(Tally.MAX_DETAILS);
      assertThat(Tally.sum(tally.refused()).getTotalCount()).isEqualTo(10);
    }
  }

  @Test
  void toolErrorsAreNoRightAnswers() throws Exception {
    try (TinyServer server =
        new TinyServer(
            (_, id) ->
                TinyServer.response(
                    200, "", "{\"id\":" + id + ",\"result\":{\"isError\":true}}"))) {
      assertThat(flood(server, 2, PATIENCE, some(20)).of(Fate.WRONG)).isEqualTo(20);
    }
  }

  @Test
  void goesOnAfterConnectionsThatAreClosed() throws Exception {
    try (TinyServer server =
        new TinyServer((number, id) -> number % 4 == 3 ? "" : TinyServer.right(id))) {
      Tally tally = flood(server, 4, PATIENCE, some(80));

      assertThat(tally.of(Fate.CLOSED)).isEqualTo(20);
      assertThat(tally.of(Fate.ANSWERED)).isEqualTo(60);
    }
  }

  @Test
  void whatIsNoResponseEndsTheConnection() throws Exception {
    try (TinyServer server = new TinyServer((_, _) -> "HTTP/1.1 200 OK\r\n\r\n")) {
      Tally tally = flood(server, 2, PATIENCE, some(10));

      assertThat(tally.of(Fate.CLOSED)).isEqualTo(10);
      assertThat(tally.details().getFirst()).contains("without a length");
    }
  }

  @Test
  void requestsWaitForAConnectionAndTheirWaitCounts() throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    try (TinyServer server =
        new TinyServer(
            (number, id) -> {
              if (number == 0) {
                held.await(300, TimeUnit.MILLISECONDS);
              }
              return TinyServer.right(id);
            })) {
      Tally tally = flood(server, 1, PATIENCE, some(100));

      assertThat(tally.of(Fate.ANSWERED)).isEqualTo(100);
      // Whoever was due while the first one was held waited with it: no coordinated omission.
      long waited = Tally.sum(tally.answered()).getCountBetweenValues(50_000_000L, Long.MAX_VALUE);
      assertThat(waited).isGreaterThan(10);
    }
  }

  @Test
  void givesUpWhatIsNotAnsweredInTime() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    try (TinyServer server =
        new TinyServer(
            (_, id) -> {
              never.await();
              return TinyServer.right(id);
            })) {
      Tally tally = flood(server, 2, Duration.ofMillis(200), some(50));

      assertThat(tally.of(Fate.ANSWERED)).isZero();
      assertThat(tally.of(Fate.TIMED_OUT)).isPositive();
      assertThat(tally.total()).isEqualTo(50);
    }
  }

  @Test
  void aClosedModelKeepsSoManyInFlight() throws Exception {
    try (TinyServer server = new TinyServer((_, id) -> TinyServer.right(id))) {
      Tally tally = flood(server, 8, PATIENCE, Arrivals.saturating(4, Duration.ofMillis(200)));

      assertThat(tally.of(Fate.ANSWERED)).isPositive().isEqualTo(tally.total());
      assertThat(server.requests()).isEqualTo((int) tally.total());
    }
  }

  @Test
  void severalFloodsOnTheSameConnectionsNeverRepeatAnId() throws Exception {
    Set<String> ids = ConcurrentHashMap.newKeySet();
    try (TinyServer server = new TinyServer((_, id) -> ids.add(id) ? TinyServer.right(id) : "");
        Flood flood = new Flood(server.address(), List.of(REQUEST), 4, PATIENCE)) {
      flood.open();
      flood.run(some(50), SECOND);
      assertThat(flood.run(some(50), SECOND).of(Fate.ANSWERED)).isEqualTo(50);
    }
  }

  @Test
  void saysWhenNobodyListens() throws Exception {
    // No ephemeral port: the kernel may give one to the very socket that connects to it.
    InetSocketAddress nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    try (Flood flood = new Flood(nobody, List.of(REQUEST), 2, PATIENCE)) {
      assertThatThrownBy(flood::open).isInstanceOf(IOException.class);
    }
  }
}
