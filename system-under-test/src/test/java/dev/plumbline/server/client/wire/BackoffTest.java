package dev.plumbline.server.client.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BackoffTest {
  @Test
  void doublesTheLimitOfItsWaitsUpToFiveSecondsAndStartsOver() {
    Backoff longest = new Backoff(() -> 1.0);
    assertThat(longest.next()).hasMillis(100);
    assertThat(longest.next()).hasMillis(200);
    for (int i = 0; i < 100; i++) {
      longest.next();
    }
    assertThat(longest.next()).hasSeconds(5);
    longest.reset();
    assertThat(longest.next()).hasMillis(100);
  }

  @Test
  void drawsItsWaitsFromTheWholeRange() {
    assertThat(new Backoff(() -> 0.0).next()).isZero();
    assertThat(new Backoff(() -> 0.5).next()).hasMillis(50);
  }
}
