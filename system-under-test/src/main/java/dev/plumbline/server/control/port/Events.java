package dev.plumbline.server.control.port;

import dev.plumbline.server.config.Durations;
import dev.plumbline.server.observe.Notice;
import dev.plumbline.server.observe.Snapshot;
import dev.plumbline.server.observe.Telemetry;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;

/**
 * Streams of what happens (R032): notices as they come, and the chosen sections again and again.
 * Bounded in streams and in what waits for a slow reader.
 */
final class Events implements AutoCloseable {
  /** Streams open at once. */
  static final int MAX_STREAMS = 32;

  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final int MAX_SECTIONS = 64;

  private final Telemetry telemetry;
  private final Desk desk;
  private final Semaphore free = new Semaphore(MAX_STREAMS);
  private final Runnable unfollow;
  private final BooleanSupplier on;
  private final Set<EventsStream> streams = ConcurrentHashMap.newKeySet();

  /**
   * No streams yet.
   *
   * @param on false while the control plane is switched off: streams end
   */
  Events(Telemetry telemetry, Desk desk, BooleanSupplier on) {
    this.telemetry = telemetry;
    this.desk = desk;
    this.on = on;
    this.unfollow = telemetry.events().follow(this::told);
  }

  private void told(Notice notice) {
    streams.forEach(stream -> whileOn(stream, () -> stream.notice(notice)));
  }

  /** Every change of settings is a notice: streams end with the one that switches off. */
  private void whileOn(EventsStream stream, Runnable work) {
    if (on.getAsBoolean()) {
      work.run();
    } else {
      stream.end();
    }
  }

  /** Turns the connection into a stream; an answer says why it did not. */
  Optional<Told> open(ChannelHandlerContext ctx, Ask ask) {
    Optional<Duration> every =
        ask.query().containsKey("every")
            ? ask.parameter("every").flatMap(Durations::parse)
            : Optional.of(EVERY);
    if (every.isEmpty()
        || every.get().compareTo(SHORTEST) < 0
        || every.get().compareTo(LONGEST) > 0) {
      return Optional.of(Told.badRequest("every is a time between 100ms and 1m"));
    }
    List<String> sections = sections(ask);
    if (sections.size() > MAX_SECTIONS) {
      return Optional.of(Told.badRequest("too many sections"));
    }
    List<String> known = telemetry.introspection().names();
    if (ask.query().containsKey("sections") && !known.containsAll(sections)) {
      return Optional.of(
          Told.error(
              404,
              "unknown_section",
              "a section of this name does not exist; there are " + String.join(", ", known)));
    }
    if (!free.tryAcquire()) {
      return Optional.of(
          Told.error(429, "too_many_streams", MAX_STREAMS + " streams are open; close one")
              .with("Retry-After", "1"));
    }
    EventsStream stream = new EventsStream(ctx.channel(), telemetry.introspection(), sections);
    var _ = ctx.writeAndFlush(head());
    telemetry.events().recent(EventsStream.REPLAYED).forEach(stream::notice);
    streams.add(stream);
    var ticking = desk.every(every.get(), () -> whileOn(stream, stream::snapshot));
    var _ =
        ctx.channel()
            .closeFuture()
            .addListener(
                (ChannelFutureListener)
                    _ -> {
                      ticking.cancel(false);
                      streams.remove(stream);
                      free.release();
                    });
    return Optional.empty();
  }

  /** Those that are asked for, or those whose size does not grow with the load. */
  private List<String> sections(Ask ask) {
    return ask.parameter("sections")
        .map(text -> Arrays.stream(text.split(",", -1)).filter(name -> !name.isEmpty()).toList())
        .orElse(Snapshot.SECTIONS);
  }

  private static HttpResponse head() {
    HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    head.headers()
        .set(HttpHeaderNames.CONTENT_TYPE, "text/event-stream")
        .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
        .set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED)
        .set("X-Content-Type-Options", "nosniff");
    return head;
  }

  @Override
  public void close() {
    unfollow.run();
  }
}
