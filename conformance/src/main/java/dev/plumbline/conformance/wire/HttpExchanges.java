package dev.plumbline.conformance.wire;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** Carries HTTP requests, whatever the version of HTTP. For one thread at a time. */
interface HttpExchanges extends AutoCloseable {
  /** How long a connection, TLS included, may take to come up. */
  Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /** What an exchange looked like; times are {@link System#nanoTime()}, first byte -1 if none. */
  record Seen(Inbound received, End end, long sentAt, long firstByteAt, long endedAt) {}

  /**
   * Sends and waits.
   *
   * @param awaited the id that ends an event stream when its response arrived
   * @param onMessage gets each message the peer sends on a stream, while the stream is open
   * @param enough told of each event of a stream; true when no more need come: the connection is
   *     closed then
   */
  Seen exchange(
      Outbound out,
      Optional<JsonNode> awaited,
      Duration limit,
      Consumer<JsonNode> onMessage,
      Predicate<SseEvent> enough)
      throws InterruptedException;

  /** The same to the end of the response, or until the awaited one arrived. */
  default Seen exchange(
      Outbound out, Optional<JsonNode> awaited, Duration limit, Consumer<JsonNode> onMessage)
      throws InterruptedException {
    return exchange(out, awaited, limit, onMessage, event -> false);
  }

  /** Whether the event holds the response that was awaited; hands on every message in it. */
  static boolean isLast(SseEvent event, Optional<JsonNode> awaited, Consumer<JsonNode> onMessage) {
    boolean last = false;
    for (JsonNode message : event.json().map(Messages::flatten).orElse(List.of())) {
      onMessage.accept(message);
      last |=
          awaited.isPresent()
              && (Messages.answers(message, awaited.get())
                  || Messages.isAnonymousResponse(message));
    }
    return last;
  }

  /** Closes the connection; the next exchange dials again. */
  @Override
  void close();
}
