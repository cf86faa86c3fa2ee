package dev.plumbline.server.observe.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.plumbline.server.config.Live;
import dev.plumbline.server.config.ServerConfig;
import dev.plumbline.server.observe.Health;
import dev.plumbline.server.observe.Notice;
import dev.plumbline.server.observe.Severity;
import dev.plumbline.server.observe.Telemetry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class GcPausesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final Telemetry telemetry = Telemetry.of(() -> now);
  private final GcPauses pauses = new GcPauses(new Live<>(ServerConfig.standard()), telemetry);

  private void pause(int millis) {
    pauses.add(new GcPauses.Pause(now, Duration.ofMillis(millis), "GC Pause"));
  }

  private List<Severity> severities() {
    return telemetry.events().recent(100).stream().map(Notice::severity).toList();
  }

  @Test
  void saysNothingAboutPausesWithinTheLimit() {
    pause(1);
    pause(50);

    assertThat(severities()).isEmpty();
    assertThat(pauses.toJson().get("pauses").intValue()).isEqualTo(2);
    assertThat(pauses.toJson().get("alerts").intValue()).isZero();
  }

  @Test
  void alertsBeyondFiftyMillisecondsAndBreaksTheObjectiveBeyondAHundred() {
    pause(51);
    pause(60);
    assertThat(severities()).containsExactly(Severity.WARNING);
    assertThat(telemetry.health().status().healthy()).isTrue();
    pause(101);
    assertThat(severities()).containsExactly(Severity.WARNING, Severity.CRITICAL);
    assertThat(telemetry.health().status().level()).isEqualTo(Health.Level.DEGRADED);
    assertThat(pauses.toJson().get("alerts").intValue()).isEqualTo(3);
    assertThat(pauses.toJson().get("breaches").intValue()).isEqualTo(1);
  }

  @Test
  void tellsHowMuchOfATimeWasPaused() {
    Instant start = now;
    pause(40);
    now = now.plusMillis(100);
    pause(20);
    assertThat(pauses.between(start, start.plusMillis(200))).isEqualTo(Duration.ofMillis(60));
    assertThat(pauses.between(start.plusMillis(30), start.plusMillis(110)))
        .isEqualTo(Duration.ofMillis(20));
    assertThat(pauses.between(start.plusMillis(50), start.plusMillis(90))).isZero();
  }

  @Test
  void endsTheAlertAfterAQuietMinute() {
    pause(200);
    now = now.plus(GcPauses.QUIET);
    pauses.check(now);
    assertThat(telemetry.health().status().healthy()).isFalse();
    now = now.plusMillis(1);
    pauses.check(now);
    assertThat(telemetry.health().status().healthy()).isTrue();
    assertThat(severities()).containsExactly(Severity.CRITICAL, Severity.INFO);

    pause(200);

    assertThat(severities()).endsWith(Severity.CRITICAL).hasSize(3);
  }

  @Test
  void knowsHowLongEverythingStoodStillBetweenTwoMoments() {
    pause(20);
    now = now.plusSeconds(1);
    pause(40);

    assertThat(pauses.between(now.minusSeconds(2), now.plusMillis(10)))
        .isEqualTo(Duration.ofMillis(30));
    assertThat(pauses.between(now.minusSeconds(9), now.minusSeconds(2))).isZero();
  }

  @Test
  void showsTheLastOnesAndNoMore() {
    for (int i = 0; i < GcPauses.RECENT + 5; i++) {
      pause(i % 40);
    }

    assertThat(pauses.toJson().get("last")).hasSize(GcPauses.RECENT);
    assertThat(pauses.toJson().get("pauses").intValue()).isEqualTo(GcPauses.RECENT + 5);
  }

  @Test
  void hearsOfRealCollections() {
    AtomicLong live = new AtomicLong();
    try (GcWatch _ = GcWatch.start(pauses, live)) {
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                System.gc();
                return pauses.toJson().get("pauses").intValue() > 0 && live.get() > 0;
              });
    }

    assertThat(pauses.toJson().get("observed").booleanValue()).isTrue();
    assertThat(pauses.toJson().at("/last/0/name").stringValue()).isNotBlank();
    assertThat(pauses.toJson().get("max_ms").doubleValue()).isPositive();
  }
}
