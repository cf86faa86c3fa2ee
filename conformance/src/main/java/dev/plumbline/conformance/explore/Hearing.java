package dev.plumbline.conformance.explore;

import dev.plumbline.conformance.model.Ask;
import dev.plumbline.conformance.model.Heard;
import dev.plumbline.conformance.wire.End;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Inbound;
import dev.plumbline.conformance.wire.SseEvent;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Reads what a model must know out of what was recorded; the same when walking and when judging.
 */
final class Hearing {
  /** What no HTTP response is told as. */
  private static final int NO_RESPONSE = -1;

  private Hearing() {}

  /** What came of a step, by the exchanges recorded under its label. */
  static Heard of(Ask ask, int id, String label, Function<String, Optional<Exchange>> exchanges) {
    int asked = ask instanceof Ask.Message m && m.kind() != Ask.Kind.NOTIFICATION ? id : 0;
    Optional<Exchange> exchange = exchanges.apply(label);
    if (exchange.isEmpty()) {
      return new Heard(asked, 0, "", Optional.empty(), List.of());
    }
    Exchange seen = exchange.get();
    return new Heard(
        asked,
        isSilence(ask, seen) ? 0 : status(seen),
        seen.header("Content-Type").orElse(""),
        seen.header("Mcp-Session-Id"),
        events(seen));
  }

  /** Whoever listens waits a moment only, and nothing is due in it. */
  private static boolean isSilence(Ask ask, Exchange seen) {
    return ask instanceof Ask.Listen
        && seen.received() instanceof Inbound.Nothing
        && seen.end() == End.TIMED_OUT;
  }

  private static int status(Exchange seen) {
    return switch (seen.received()) {
      case Inbound.HttpResponse response ->
          // Cut short in the middle of one answer, it is none.
          response.events().isEmpty() && seen.end() != End.COMPLETE && seen.end() != End.TIMED_OUT
              ? NO_RESPONSE
              : response.status();
      case Inbound.Lines _ -> seen.end() == End.CLOSED ? NO_RESPONSE : 0;
      case Inbound.Unparsed _ -> NO_RESPONSE;
      case Inbound.Nothing _ -> isHttp(seen) || seen.end() != End.COMPLETE ? NO_RESPONSE : 0;
    };
  }

  private static boolean isHttp(Exchange seen) {
    return switch (seen.transport()) {
      case HTTP, HTTP2 -> true;
      case STDIO, TCP, WEBSOCKET -> false;
    };
  }

  private static List<Heard.Event> events(Exchange seen) {
    if (seen.received() instanceof Inbound.HttpResponse response && !response.events().isEmpty()) {
      return response.events().stream().map(Hearing::event).toList();
    }
    return seen.messages().stream().map(m -> new Heard.Event(Optional.empty(), m)).toList();
  }

  private static Heard.Event event(SseEvent event) {
    JsonNode message = event.json().orElse(MissingNode.getInstance());
    return new Heard.Event(Optional.of(event.id()).filter(id -> !id.isEmpty()), message);
  }
}
