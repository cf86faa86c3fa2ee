package dev.plumbline.server.observe.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.server.config.Live;
import dev.plumbline.server.config.ServerConfig;
import dev.plumbline.server.observe.Health;
import dev.plumbline.server.observe.Log;
import dev.plumbline.server.observe.Notice;
import dev.plumbline.server.observe.Severity;
import dev.plumbline.server.observe.Telemetry;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ResourceMonitorTest {
  private static final long MIB = 1_048_576;

  private Reading reading = new Reading(10 * MIB, 100 * MIB, 200 * MIB, 10, 100, 20);
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final Telemetry telemetry = Telemetry.of(() -> now);
  private final Semaphore collections = new Semaphore(0);
  private final ResourceMonitor monitor =
      new ResourceMonitor(
          new Live<>(ServerConfig.standard()),
          telemetry,
          () -> reading,
          () -> now,
          collections::release);

  private void memory(long percent) {
    reading = new Reading(percent * MIB, 100 * MIB, 200 * MIB, reading.openFiles(), 100, 20);
    monitor.check();
  }

  private void files(long open) {
    reading = new Reading(reading.heapBytes(), 100 * MIB, 200 * MIB, open, 100, 20);
    monitor.check();
  }

  private List<Severity> severities() {
    return telemetry.events().recent(100).stream().map(Notice::severity).toList();
  }

  private JsonNode section() {
    return telemetry.introspection().read("resources").orElseThrow();
  }

  @Test
  void saysOnceWhenMemoryReachesAMarkAndWhenItIsBack() {
    memory(69);
    assertThat(severities()).isEmpty();
    memory(70);
    memory(75);
    assertThat(severities()).containsExactly(Severity.WARNING);
    memory(85);
    memory(95);
    assertThat(severities())
        .containsExactly(Severity.WARNING, Severity.CRITICAL, Severity.CRITICAL);
    memory(60);
    assertThat(severities()).endsWith(Severity.INFO).hasSize(4);
  }

  @Test
  void isDegradedAtTheSecondMarkAndCriticalAtTheThird() {
    memory(84);
    assertThat(telemetry.health().status().level()).isEqualTo(Health.Level.HEALTHY);
    memory(85);
    assertThat(telemetry.health().status().level()).isEqualTo(Health.Level.DEGRADED);
    memory(95);
    assertThat(telemetry.health().status().level()).isEqualTo(Health.Level.CRITICAL);
    memory(89);
    assertThat(telemetry.health().status().level()).isEqualTo(Health.Level.DEGRADED);
    memory(10);
    assertThat(telemetry.health().status().healthy()).isTrue();
  }

  @Test
  void aFullHeapIsCollectedSinceNothingElseMayDoSo() throws InterruptedException {
    memory(95);
    now = now.plus(Collecting.FIRST).minusMillis(1);
    memory(95);
    assertThat(collections.tryAcquire(50, TimeUnit.MILLISECONDS))
        .as("it may come by itself")
        .isFalse();
    now = now.plusMillis(1);
    memory(95);
    assertThat(collections.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
    now = now.plus(Collecting.FIRST);
    memory(95);
    assertThat(collections.tryAcquire(50, TimeUnit.MILLISECONDS)).as("it did not help").isFalse();
    now = now.plus(Collecting.FIRST);
    memory(95);
    assertThat(collections.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
    memory(10);
    memory(95);
    now = now.plus(Collecting.FIRST);
    memory(95);
    assertThat(collections.tryAcquire(10, TimeUnit.SECONDS)).as("a new beginning").isTrue();
  }

  @Test
  void nothingLastingBeginsFromTheThirdMarkUntilItsHysteresisIsLeft() {
    memory(94);
    assertThat(monitor.takesOn()).isTrue();
    memory(95);
    assertThat(monitor.takesOn()).isFalse();
    assertThat(monitor.memoryPercent()).isEqualTo(95);
    memory(94);
    assertThat(monitor.takesOn()).isFalse();
    memory(80);
    assertThat(monitor.takesOn()).isTrue();
  }

  /** A loop met it, and is there to tell. */
  @Test
  void tellsOnceAtALookOfLoopsThatRanOutOfMemory() {
    memory(10);
    int before = telemetry.events().recent(100).size();
    Log.survived("test", new OutOfMemoryError("planted"));
    Log.survived("test", new OutOfMemoryError("planted"));
    memory(10);
    memory(10);
    assertThat(telemetry.events().recent(100)).hasSize(before + 1);
    assertThat(telemetry.events().recent(100).getLast().severity()).isEqualTo(Severity.CRITICAL);
  }

  @Test
  void countsWhatIsLeftAfterACollectionAndNotGarbage() {
    monitor.collected(20 * MIB);
    memory(96);

    assertThat(severities()).isEmpty();
    assertThat(section().at("/memory/percent").doubleValue()).isEqualTo(20);
    assertThat(section().at("/memory/heap_mb").doubleValue()).isEqualTo(96);
  }

  @Test
  void alertsAtEightyPercentOfTheDescriptorsAndRefusesConnectionsAtNinety() {
    files(80);
    assertThat(severities()).containsExactly(Severity.WARNING);
    assertThat(monitor.takesConnections()).isTrue();
    files(90);
    assertThat(monitor.takesConnections()).isFalse();
    assertThat(telemetry.health().status().level()).isEqualTo(Health.Level.CRITICAL);
    files(86);
    assertThat(monitor.takesConnections()).isFalse();
    files(84);
    assertThat(monitor.takesConnections()).isTrue();
    assertThat(section().at("/files/level").stringValue()).isEqualTo("warning");
    files(10);
    assertThat(telemetry.health().status().healthy()).isTrue();
  }

  @Test
  void showsWhatItRead() {
    memory(50);

    JsonNode json = section();

    assertThat(json.at("/memory/max_mb").doubleValue()).isEqualTo(100);
    assertThat(json.at("/memory/rss_mb").doubleValue()).isEqualTo(200);
    assertThat(json.at("/memory/level").stringValue()).isEqualTo("normal");
    assertThat(json.at("/files/open").intValue()).isEqualTo(10);
    assertThat(json.at("/threads").intValue()).isEqualTo(20);
    assertThat(json.at("/gc/observed").booleanValue()).isFalse();
  }

  @Test
  void readsThisProcess() {
    Reading real = Reading.ofThisProcess().get();

    assertThat(real.heapBytes()).isPositive().isLessThanOrEqualTo(real.heapMaxBytes());
    assertThat(real.threads()).isPositive();
    if (System.getProperty("os.name").equals("Linux")) {
      assertThat(real.rssBytes()).isGreaterThan(10 * MIB);
      assertThat(real.openFiles()).isPositive().isLessThan(real.maxFiles());
    }
  }
}
