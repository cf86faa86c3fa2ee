package dev.plumbline.server.limit;

import dev.plumbline.server.config.ServerConfig;
import java.util.function.Supplier;

/**
 * The bytes that wait for all peers together (C6). While they are too many, nothing new is taken on
 * that would have an answer; what was taken on already is still added. Safe for any number of
 * threads.
 */
final class AllBytes {
  private static final int MEBIBYTE_BITS = 20;

  private final Supplier<ServerConfig> settings;
  private final ByteBudget held = new ByteBudget(Long.MAX_VALUE);

  AllBytes(Supplier<ServerConfig> settings) {
    this.settings = settings;
  }

  void added(long bytes) {
    held.take(bytes);
  }

  void removed(long bytes) {
    held.giveBack(bytes);
  }

  /** How many wait. */
  long held() {
    return held.held();
  }

  /** How many may. */
  long cap() {
    return settings.get().outbound().bytes();
  }

  /** True while no more may wait. */
  boolean full() {
    return held() >= cap();
  }

  Refusal refusal() {
    long cap = cap();
    return new Refusal(
        Refusal.Reason.CAPACITY,
        Flow.ALL_BYTES,
        (int) (cap >> MEBIBYTE_BITS),
        (int) Math.min(Integer.MAX_VALUE, held() >> MEBIBYTE_BITS),
        settings.get().outbound().slowAfter(),
        "Too many bytes wait for clients that do not read");
  }
}
