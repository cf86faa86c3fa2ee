package dev.plumbline.server.protocol;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Decodes large messages beside the others. A virtual thread keeps its carrier until it waits for
 * something, and decoding waits for nothing: a few messages of some MiB would take every carrier
 * for tens of milliseconds, and whoever asks for something small would wait for all of them. So
 * they are decoded by platform threads, which the operating system interrupts, at most one for two
 * processors, and where priorities count, as the last ones.
 */
public final class LargeMessages {
  /** A message of more bytes is decoded here. Decoding so many takes well below a millisecond. */
  public static final int LARGE_BYTES = 65_536;

  private static final long IDLE_SECONDS = 10;
  private static final int THREADS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

  /** What waits is bounded by the bytes of messages that may be held at once. */
  private static final ThreadPoolExecutor POOL =
      new ThreadPoolExecutor(
          THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads());

  static {
    POOL.allowCoreThreadTimeOut(true);
  }

  private LargeMessages() {}

  // The scheduler is asked, not relied on: without priorities they are decoded as well.
  @SuppressWarnings("ThreadPriorityCheck")
  private static ThreadFactory threads() {
    return Thread.ofPlatform()
        .daemon()
        .priority(Thread.MIN_PRIORITY)
        .name("large-message-", 0)
        .factory();
  }

  /** What the decoder makes of the bytes; a large message waits for its turn. */
  public static Decoded decode(Decoder decoder, byte[] bytes) {
    if (bytes.length <= LARGE_BYTES) {
      return decoder.decode(bytes);
    }
    try {
      return CompletableFuture.supplyAsync(() -> decoder.decode(bytes), POOL).join();
    } catch (CompletionException e) {
      // As if it had been decoded here: the failure is of this message and nobody else.
      switch (e.getCause()) {
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        case null, default -> throw e;
      }
    }
  }
}
