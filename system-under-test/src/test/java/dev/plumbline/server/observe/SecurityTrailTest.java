package dev.plumbline.server.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class SecurityTrailTest {
  private static final SecurityEventType[] TYPES = SecurityEventType.values();

  private final PrometheusRegistry metrics = new PrometheusRegistry();
  private long nanos;
  private final SecurityTrail trail = new SecurityTrail(() -> Instant.EPOCH, () -> nanos, metrics);

  /** As many as are kept at once of every kind, then time passes. */
  private void add(int count) {
    for (int i = 0; i < count; i++) {
      int turn = i / SecurityTrail.BURST;
      if (i % SecurityTrail.BURST == 0) {
        nanos += SecurityTrail.BURST * SecurityTrail.NANOS_PER_EVENT;
      }
      trail.add(TYPES[turn % TYPES.length], true, Map.of("number", Integer.toString(i)));
    }
  }

  private long counted() {
    return metrics.scrape().stream()
        .filter(one -> one.getMetadata().getName().equals("plumbline_security_events"))
        .flatMap(one -> ((CounterSnapshot) one).getDataPoints().stream())
        .mapToLong(point -> (long) point.getValue())
        .sum();
  }

  @Test
  void anEventHasItsMembers() {
    trail.add(SecurityEventType.FOREIGN_ORIGIN, true, Map.of("wire", "http", "status", "403"));
    JsonNode event = trail.toJson().path("recent").path(0);
    assertThat(event.propertyNames())
        .containsExactly("event_type", "timestamp", "blocked", "details");
    assertThat(event.path("event_type").asString()).isEqualTo("foreign_origin");
    assertThat(event.path("timestamp").asString()).isEqualTo("1970-01-01T00:00:00Z");
    assertThat(event.path("blocked").asBoolean()).isTrue();
    assertThat(event.path("details").toString())
        .isEqualTo("{\"status\":\"403\",\"wire\":\"http\"}");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1})
  void theOldestGiveWayAtTheCap(int beyond) {
    int count = SecurityTrail.CAPACITY + beyond;
    add(count);
    int gone = Math.max(0, beyond);
    List<SecurityEvent> kept = trail.recent();
    assertThat(kept).hasSize(count - gone);
    assertThat(kept.getFirst().details()).containsEntry("number", Integer.toString(gone));
    assertThat(kept.getLast().details()).containsEntry("number", Integer.toString(count - 1));
    assertThat(trail.toJson().path("displaced").asInt()).isEqualTo(gone);
    assertThat(counted()).isEqualTo(count);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1})
  void ofOneKindOnlySoManyAreKeptAtOnceAndAllAreCounted(int beyond) {
    int count = SecurityTrail.BURST + beyond;
    for (int i = 0; i < count; i++) {
      trail.add(SecurityEventType.MALFORMED, true, Map.of());
    }
    trail.add(SecurityEventType.TOKEN_MISSING, true, Map.of());
    int notKept = Math.max(0, beyond);
    assertThat(trail.recent()).hasSize(count - notKept + 1);
    assertThat(trail.count(SecurityEventType.MALFORMED)).isEqualTo(count);
    assertThat(counted()).isEqualTo(count + 1);
    JsonNode tally = trail.toJson().path("by_type").path("malformed");
    assertThat(tally.path("count").asInt()).isEqualTo(count);
    assertThat(tally.path("not_kept").asInt()).isEqualTo(notKept);
  }

  @Test
  void roomComesBackWithTimeAndNeverBeyondTheBurst() {
    for (int i = 0; i < 2 * SecurityTrail.BURST; i++) {
      trail.add(SecurityEventType.MALFORMED, true, Map.of());
    }
    nanos += SecurityTrail.NANOS_PER_EVENT - 1;
    trail.add(SecurityEventType.MALFORMED, true, Map.of());
    assertThat(trail.recent()).hasSize(SecurityTrail.BURST);
    nanos += 1;
    trail.add(SecurityEventType.MALFORMED, true, Map.of());
    trail.add(SecurityEventType.MALFORMED, true, Map.of());
    assertThat(trail.recent()).hasSize(SecurityTrail.BURST + 1);
    nanos += TimeUnit.DAYS.toNanos(1);
    for (int i = 0; i < 2 * SecurityTrail.BURST; i++) {
      trail.add(SecurityEventType.MALFORMED, true, Map.of());
    }
    assertThat(trail.recent()).hasSize(2 * SecurityTrail.BURST + 1);
  }

  @Test
  void whoFollowsHearsWhatIsKept() {
    List<SecurityEvent> heard = new ArrayList<>();
    trail.follow(heard::add);
    for (int i = 0; i < 2 * SecurityTrail.BURST; i++) {
      trail.add(SecurityEventType.MALFORMED, true, Map.of());
    }
    assertThat(heard).isEqualTo(trail.recent());
  }

  @Test
  void ofEachKindOneNoticeInAWhile() {
    EventLog events = new EventLog(() -> Instant.EPOCH);
    trail.follow(new SecurityNotices(events, () -> nanos)::tell);
    trail.add(SecurityEventType.MALFORMED, true, Map.of("wire", "http"));
    trail.add(SecurityEventType.MALFORMED, true, Map.of("wire", "http"));
    trail.add(SecurityEventType.TOKEN_GUESSED, true, Map.of());
    assertThat(events.recent(10))
        .extracting(Notice::subject, Notice::severity)
        .containsExactly(
            Tuple.tuple("malformed", Severity.INFO),
            Tuple.tuple("token_guessed", Severity.WARNING));
    assertThat(events.recent(10).getFirst().facts())
        .isEqualTo(Map.of("wire", "http", "blocked", "true"));
    nanos += SecurityNotices.PAUSE_NANOS;
    trail.add(SecurityEventType.MALFORMED, true, Map.of());
    assertThat(events.recent(10)).hasSize(3);
  }
}
