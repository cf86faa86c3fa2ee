package dev.plumbline.server.config;

import static dev.plumbline.server.config.Setting.Effect.LIVE;

import java.time.Duration;

/**
 * How the server is divided into failure domains, and when one is given up (C9).
 *
 * @param count domains that sessions are hashed to
 * @param restarts so many restarts
 * @param window in this time; one more and the domain is given up
 * @param restartWithin a restart is to be over within this time
 * @param drain how long a domain waits for its requests before it restarts
 */
public record DomainSettings(
    @Setting(min = "1", max = "1024") int count,
    @Setting(min = "0", max = "10000", effect = LIVE) int restarts,
    @Setting(min = "10ms", max = "1d", effect = LIVE) Duration window,
    @Setting(min = "10ms", max = "1h", effect = LIVE) Duration restartWithin,
    @Setting(min = "0s", max = "1h", effect = LIVE) Duration drain) {
  /** What holds when nothing is set. */
  static DomainSettings standard() {
    return new DomainSettings(
        8, 5, Duration.ofSeconds(60), Duration.ofSeconds(2), Duration.ofSeconds(1));
  }
}
