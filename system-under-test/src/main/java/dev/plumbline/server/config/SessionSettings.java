package dev.plumbline.server.config;

import static dev.plumbline.server.config.Setting.Effect.LIVE;

import java.time.Duration;

/**
 * How long sessions live, and where they are kept (C10).
 *
 * @param handshake within this time a client must finish its handshake
 * @param suspend a session without a request is suspended after this
 * @param idle and ends after this
 * @param store {@code memory}, {@code file:PATH} or a {@code jdbc:postgresql:} URL
 */
public record SessionSettings(
    @Setting(min = "10ms", max = "1h", effect = LIVE) Duration handshake,
    @Setting(min = "10ms", max = "30d", effect = LIVE) Duration suspend,
    @Setting(min = "10ms", max = "30d", effect = LIVE) Duration idle,
    @Setting(secret = true) String store) {
  /** What holds when nothing is set. */
  static SessionSettings standard() {
    return new SessionSettings(
        Duration.ofSeconds(30), Duration.ofMinutes(10), Duration.ofHours(1), "memory");
  }
}
