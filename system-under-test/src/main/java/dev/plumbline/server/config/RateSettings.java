package dev.plumbline.server.config;

import static dev.plumbline.server.config.Setting.Effect.LIVE;

/**
 * How often one session may ask (C10).
 *
 * @param kind how they are counted
 * @param perSecond how many a second
 * @param burst how many at once; token bucket only
 */
public record RateSettings(
    @Setting(effect = LIVE) RateKind kind,
    @Setting(min = "1", max = "1000000", effect = LIVE) int perSecond,
    @Setting(min = "1", max = "1000000", effect = LIVE) int burst) {
  /** What holds when nothing is set. */
  static RateSettings standard() {
    return new RateSettings(RateKind.TOKEN_BUCKET, 1_000, 1_000);
  }
}
