package dev.plumbline.server.config;

import static dev.plumbline.server.config.Setting.Effect.LIVE;

import java.time.Duration;

/**
 * When a full queue becomes an alert (C7), in percent of the cap.
 *
 * @param check how often every queue is looked at
 * @param warning an alert
 * @param critical an alert, and health is degraded
 * @param full an alert, and the breaker of the role opens
 * @param hysteresis how many points below a level the queue must fall for the alert to end
 */
public record OverloadSettings(
    @Setting(min = "10ms", max = "1h", effect = LIVE) Duration check,
    @Setting(min = "1", max = "100", effect = LIVE) int warning,
    @Setting(min = "1", max = "100", effect = LIVE) int critical,
    @Setting(min = "1", max = "100", effect = LIVE) int full,
    @Setting(min = "0", max = "99", effect = LIVE) int hysteresis) {
  /** What holds when nothing is set. */
  static OverloadSettings standard() {
    return new OverloadSettings(Duration.ofSeconds(5), 80, 90, 100, 5);
  }
}
