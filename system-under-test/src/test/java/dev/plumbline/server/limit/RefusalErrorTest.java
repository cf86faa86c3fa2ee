package dev.plumbline.server.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.server.protocol.RpcError;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalErrorTest {
  private static Refusal after(Duration wait) {
    return new Refusal(Refusal.Reason.RATE, "rate", 7, 5, wait, "Too many requests");
  }

  @Test
  void aClientIsToldInNumbersWhatItCanActOn() {
    RpcError error = after(Duration.ofMillis(1_500)).error();
    assertThat(error.code()).isEqualTo(-31_429);
    assertThat(error.message()).isEqualTo("Too many requests");
    assertThat(error.data())
        .hasToString(
            "{\"reason\":\"rate\",\"role\":\"rate\",\"limit\":7,\"depth\":5,\"retryAfterMs\":1500}");
  }

  @ParameterizedTest
  @CsvSource({
    "0,1,1",
    "1,1,1",
    "1000000,1,1",
    "1000001,2,1",
    "1000000000,1000,1",
    "1000000001,1001,2"
  })
  void theWaitIsRoundedUpAndNeverNothing(long nanos, long millis, String seconds) {
    RpcError error = after(Duration.ofNanos(nanos)).error();
    assertThat(error.data()).isNotNull();
    assertThat(Objects.requireNonNull(error.data()).path("retryAfterMs").asLong())
        .isEqualTo(millis);
    assertThat(Refusal.retryAfterSeconds(error)).isEqualTo(seconds);
  }

  @Test
  void anErrorThatNamesNoWaitHasTheUsualOne() {
    String usual = Long.toString(Math.ceilDiv(Limits.RETRY_AFTER.toMillis(), 1_000));
    assertThat(Refusal.retryAfterSeconds(new RpcError(-31_429, "full", null))).isEqualTo(usual);
  }

  @Test
  void aLimitWithoutPermitsIsFullWhenItRefuses() {
    Refusal refusal = Refusal.of("task", 1_000);
    assertThat(refusal.reason()).isEqualTo(Refusal.Reason.CAPACITY);
    assertThat(refusal.role()).isEqualTo("task");
    assertThat(refusal.depth()).isEqualTo(refusal.limit()).isEqualTo(1_000);
    assertThat(refusal.retryAfter()).isEqualTo(Limits.RETRY_AFTER);
    assertThat(refusal.saying("no more tasks"))
        .isEqualTo(
            new Refusal(
                Refusal.Reason.CAPACITY,
                "task",
                1_000,
                1_000,
                Limits.RETRY_AFTER,
                "no more tasks"));
  }
}
