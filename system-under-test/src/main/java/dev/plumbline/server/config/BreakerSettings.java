package dev.plumbline.server.config;

import static dev.plumbline.server.config.Setting.Effect.LIVE;

import java.time.Duration;

/**
 * When a failing dependency is left alone by its circuit breaker (C8).
 *
 * @param failures so many failures open a breaker
 * @param window in which the failures must fall
 * @param firstOpen how long it stays open at first
 * @param longestOpen how long at most; every opening doubles the time, with full jitter
 * @param probes calls let through while half open
 * @param probing how long half open may last
 * @param successes so many successful probes close it
 */
public record BreakerSettings(
    @Setting(min = "1", max = "10000", effect = LIVE) int failures,
    @Setting(min = "10ms", max = "1h", effect = LIVE) Duration window,
    @Setting(min = "1ms", max = "1h", effect = LIVE) Duration firstOpen,
    @Setting(min = "1ms", max = "1h", effect = LIVE) Duration longestOpen,
    @Setting(min = "1", max = "1000", effect = LIVE) int probes,
    @Setting(min = "10ms", max = "1h", effect = LIVE) Duration probing,
    @Setting(min = "1", max = "1000", effect = LIVE) int successes) {
  /** What holds when nothing is set. */
  static BreakerSettings standard() {
    return new BreakerSettings(
        5,
        Duration.ofSeconds(30),
        Duration.ofSeconds(1),
        Duration.ofSeconds(30),
        3,
        Duration.ofSeconds(5),
        2);
  }
}
