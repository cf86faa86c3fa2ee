package dev.plumbline.server.config;

import static dev.plumbline.server.config.Setting.Effect.LIVE;

import java.time.Duration;

/**
 * How often one dependency is tried again (C8).
 *
 * @param retries how many
 * @param window in this time
 */
public record RetrySettings(
    @Setting(min = "0", max = "10000", effect = LIVE) int retries,
    @Setting(min = "10ms", max = "1h", effect = LIVE) Duration window) {
  /** What holds when nothing is set. */
  static RetrySettings standard() {
    return new RetrySettings(5, Duration.ofSeconds(30));
  }
}
