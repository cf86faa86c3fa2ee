package dev.plumbline.server.era;

import dev.plumbline.server.observe.trace.IncomingRequest;
import dev.plumbline.server.observe.trace.Spans;
import dev.plumbline.server.observe.trace.Trace;
import dev.plumbline.server.protocol.Message;
import dev.plumbline.server.protocol.RequestId;
import dev.plumbline.server.session.Session;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** What a span may say of a request: nothing that a peer could use to say something else. */
final class Traces {
  private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

  private Traces() {}

  /**
   * A request as a span shows it.
   *
   * @param method its name, or one for all that are unknown
   * @param arrivedNanos when it arrived, by {@link System#nanoTime()}
   */
  static IncomingRequest incoming(
      Inbound in, Message.Request request, String method, long arrivedNanos) {
    Optional<Trace> inMessage =
        request.params().get("_meta") instanceof ObjectNode meta
            ? Trace.of(meta)
            : Optional.empty();
    return new IncomingRequest(
        method,
        harmless(request.id()),
        inMessage,
        inHeaders(in.headers()),
        in.wire() == Wire.HTTP,
        epochNanos() - (System.nanoTime() - arrivedNanos));
  }

  /** The request of this thread belongs to this session. */
  static void session(Session session) {
    if (Spans.traced()) {
      Spans.session(session.pseudonym());
      Spans.revision(session.revision());
    }
  }

  private static Optional<Trace> inHeaders(HeaderView headers) {
    return headers
        .first("traceparent")
        .flatMap(
            parent ->
                Trace.of(
                    parent,
                    headers.first("tracestate").orElse(null),
                    headers.first("baggage").orElse(null)));
  }

  private static Optional<String> harmless(RequestId id) {
    String text =
        switch (id) {
          case RequestId.Text(var value) -> value;
          case RequestId.Whole(var digits) -> digits;
        };
    return HARMLESS.matcher(text).matches() ? Optional.of(text) : Optional.empty();
  }

  private static long epochNanos() {
    Instant now = Instant.now();
    return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
  }
}
