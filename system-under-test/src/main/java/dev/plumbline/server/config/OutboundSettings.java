package dev.plumbline.server.config;

import static dev.plumbline.server.config.Setting.Effect.LIVE;

import java.time.Duration;

/**
 * What waits for one connection's peer to read (C6).
 *
 * @param cap messages at once
 * @param slowAfter a peer that has not read anything for so long, while something waits, is slow
 * @param recovery a slow peer that reads again and has not caught up within this time is told of
 * @param bytes that wait for all peers together; beyond, no request is taken on and those who do
 *     not read are disconnected
 */
public record OutboundSettings(
    @Setting(min = "2", max = "1000000", effect = LIVE) int cap,
    @Setting(min = "10ms", max = "1h", effect = LIVE) Duration slowAfter,
    @Setting(min = "10ms", max = "1h", effect = LIVE) Duration recovery,
    @Setting(min = "1048576", max = "1099511627776", effect = LIVE) long bytes) {
  /** With the usual bound on bytes: 256 MiB. */
  public OutboundSettings(int cap, Duration slowAfter, Duration recovery) {
    this(cap, slowAfter, recovery, 268_435_456);
  }

  /** What holds when nothing is set. */
  static OutboundSettings standard() {
    return new OutboundSettings(1_000, Duration.ofSeconds(2), Duration.ofSeconds(5));
  }
}
