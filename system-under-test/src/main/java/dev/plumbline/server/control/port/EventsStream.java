package dev.plumbline.server.control.port;

import dev.plumbline.server.observe.Introspection;
import dev.plumbline.server.observe.Notice;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One stream of notices and snapshots. What a slow reader has no room for is left out and counted;
 * a reader that takes nothing for long is cut off.
 */
final class EventsStream {
  /** Notices that a new reader is told first. */
  static final int REPLAYED = 50;

  /** A reader that takes nothing for so long is gone. */
  static final Duration STALL = Duration.ofSeconds(15);

  private final Channel channel;
  private final Introspection introspection;
  private final List<String> sections;
  private final AtomicLong lost = new AtomicLong();
  private volatile long writableNanos = System.nanoTime();

  EventsStream(Channel channel, Introspection introspection, List<String> sections) {
    this.channel = channel;
    this.introspection = introspection;
    this.sections = List.copyOf(sections);
  }

  /** Tells of a notice; any thread, never waits. */
  void notice(Notice notice) {
    say("notice", notice.toJson());
  }

  /** Tells how everything is; any thread, never waits. */
  void snapshot() {
    if (!channel.isWritable()) {
      lost.incrementAndGet();
      if (System.nanoTime() - writableNanos > STALL.toNanos()) {
        var _ = channel.close();
      }
      return;
    }
    writableNanos = System.nanoTime();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("at", Instant.now().toString());
    ObjectNode all = json.putObject("sections");
    for (String name : sections) {
      introspection.read(name).ifPresent(section -> all.set(name, section));
    }
    long missing = lost.getAndSet(0);
    if (missing > 0) {
      json.put("lost", missing);
    }
    say("snapshot", json);
  }

  /** Says that this was all; any thread. */
  void end() {
    if (!channel.isWritable()) {
      var _ = channel.close();
      return;
    }
    var _ =
        channel
            .writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT)
            .addListener(ChannelFutureListener.CLOSE);
  }

  private void say(String event, ObjectNode data) {
    if (!channel.isWritable()) {
      lost.incrementAndGet();
      return;
    }
    String text = "event: " + event + "\ndata: " + data + "\n\n";
    var _ =
        channel.writeAndFlush(new DefaultHttpContent(ByteBufUtil.writeUtf8(channel.alloc(), text)));
  }
}
