package dev.plumbline.server.config;

import static dev.plumbline.server.config.Setting.Effect.LIVE;

import java.time.Duration;

/**
 * What the control plane holds, and how soon it answers (C1).
 *
 * @param components how many may register
 * @param queue requests that may wait, of each priority
 * @param handler how long the handler of a component may take
 * @param health objective for a health check, from the request to its answer
 * @param drain objective for the acknowledgement of a drain
 * @param cancel objective for the acknowledgement of a cancellation
 * @param breaker objective for a change of a circuit breaker
 */
public record ControlSettings(
    @Setting(min = "16", max = "1000000", effect = LIVE) int components,
    @Setting(min = "1", max = "100000", effect = LIVE) int queue,
    @Setting(min = "10ms", max = "1m", effect = LIVE) Duration handler,
    @Setting(min = "1ms", max = "1m", effect = LIVE) Duration health,
    @Setting(min = "1ms", max = "1m", effect = LIVE) Duration drain,
    @Setting(min = "1ms", max = "1m", effect = LIVE) Duration cancel,
    @Setting(min = "1ms", max = "1m", effect = LIVE) Duration breaker) {
  /** What holds when nothing is set. */
  static ControlSettings standard() {
    return new ControlSettings(
        100_000,
        1_000,
        Duration.ofSeconds(1),
        Duration.ofMillis(100),
        Duration.ofMillis(50),
        Duration.ofMillis(10),
        Duration.ofMillis(10));
  }
}
