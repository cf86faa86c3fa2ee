package dev.plumbline.server.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.server.observe.Health.Level;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class HealthTest {
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final Health health = new Health(() -> now);

  @Test
  void isHealthyWhenNobodyComplains() {
    assertThat(health.status().healthy()).isTrue();

    health.report("memory", Level.HEALTHY, "");

    assertThat(health.status().level()).isEqualTo(Level.HEALTHY);
    assertThat(health.status().checks()).hasSize(1);
  }

  @Test
  void isAsBadAsItsWorstPart() {
    health.report("memory", Level.DEGRADED, "86 % of the heap");
    health.report("files", Level.HEALTHY, "");
    health.report("breaker", Level.CRITICAL, "open");

    assertThat(health.status().level()).isEqualTo(Level.CRITICAL);
    assertThat(health.status().complaints())
        .extracting(Health.Check::component)
        .containsExactly("breaker", "memory");
  }

  @Test
  void recoversWhenThePartDoes() {
    health.report("memory", Level.CRITICAL, "full");
    health.report("memory", Level.HEALTHY, "ignored");

    assertThat(health.status().healthy()).isTrue();
    assertThat(health.status().checks().getFirst().reason()).isEmpty();
  }

  @Test
  void knowsSinceWhenAndWhenItLookedLast() {
    health.report("memory", Level.DEGRADED, "full");
    Instant began = now;
    now = began.plusSeconds(5);
    health.report("memory", Level.DEGRADED, "still full");

    Health.Check check = health.status().checks().getFirst();

    assertThat(check.since()).isEqualTo(began);
    assertThat(check.checked()).isEqualTo(began.plusSeconds(5));
  }

  @Test
  void remembersABoundedNumberOfParts() {
    for (int i = 0; i < Health.MAX_COMPONENTS + 10; i++) {
      health.report("part-" + i, Level.CRITICAL, "broken");
    }

    assertThat(health.status().checks()).hasSize(Health.MAX_COMPONENTS);
  }

  @Test
  void forgetsAPart() {
    health.report("memory", Level.CRITICAL, "full");
    health.forget("memory");

    assertThat(health.status().healthy()).isTrue();
  }
}
