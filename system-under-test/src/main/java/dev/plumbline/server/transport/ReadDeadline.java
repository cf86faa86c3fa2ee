package dev.plumbline.server.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The time within which a message that began to arrive must be complete. Event loop only. */
final class ReadDeadline {
  private final Duration limit;
  private @Nullable ScheduledFuture<?> armed;

  ReadDeadline(Duration limit) {
    this.limit = limit;
  }

  /** Starts the clock, unless it runs already. */
  void arm(ChannelHandlerContext ctx, Runnable tooSlow) {
    if (armed == null) {
      armed = ctx.executor().schedule(tooSlow, limit.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** Stops the clock; the next message has its own time. */
  void cancel() {
    if (armed != null) {
      armed.cancel(false);
      armed = null;
    }
  }
}
