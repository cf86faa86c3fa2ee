package dev.plumbline.conformance.rule;

import dev.plumbline.conformance.wire.End;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Inbound;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Reads what came back: whether it can be judged at all, and how to tell it to a person. */
public final class Answer {
  /** JSON-RPC 2.0 §5.1: the method does not exist. */
  public static final int METHOD_NOT_FOUND = -32601;

  /** JSON-RPC 2.0 §5.1: the parameters are invalid. */
  public static final int INVALID_PARAMS = -32602;

  // RFC 9110 §15.5.2, §15.6.4, RFC 6585 §4: these speak of access or load, not of the protocol.
  private static final Set<Integer> UNRELATED = Set.of(401, 407, 408, 429, 502, 503, 504);

  private Answer() {}

  /** Whether the status speaks of access or load, not of what was asked. */
  public static boolean unrelated(Exchange exchange) {
    return UNRELATED.contains(exchange.status().orElse(0));
  }

  /**
   * Why nothing can be concluded from this exchange: a late or missing answer is not a wrong one.
   *
   * @return the reason, or empty when there is something to judge
   */
  public static Optional<String> missing(Exchange exchange) {
    if (exchange.response().isPresent()) {
      return Optional.empty();
    }
    int status = exchange.status().orElse(0);
    if (unrelated(exchange)) {
      return Optional.of(exchange.label() + " was answered with status " + status);
    }
    if (status != 0 && exchange.end() == End.COMPLETE) {
      return Optional.empty();
    }
    return switch (exchange.end()) {
      case COMPLETE -> silence(exchange);
      case TIMED_OUT -> Optional.of(late(exchange));
      case CLOSED ->
          Optional.of("the connection was closed before " + exchange.label() + " was answered");
      case CONNECT_FAILED -> Optional.of("no connection could be made for " + exchange.label());
      case MALFORMED -> Optional.of("the answer to " + exchange.label() + " cannot be read");
    };
  }

  private static Optional<String> silence(Exchange exchange) {
    return exchange.messages().isEmpty()
        ? Optional.of(exchange.label() + " got no answer")
        : Optional.empty();
  }

  private static String late(Exchange exchange) {
    return "no answer to " + exchange.label() + " within " + millis(exchange) + " ms";
  }

  private static long millis(Exchange exchange) {
    return (exchange.endNanos() - exchange.sentNanos()) / 1_000_000;
  }

  /**
   * Why this lawful request does not show that the target serves lawful requests.
   *
   * @return the reason, or empty when it was served
   */
  public static Optional<String> notServed(Exchange lawful) {
    if (lawful.accepted()) {
      return Optional.empty();
    }
    return missing(lawful)
        .or(
            () ->
                Optional.of(
                    "the lawful request " + lawful.label() + " was not served: " + told(lawful)));
  }

  /** What came back, in a few words. */
  public static String told(Exchange exchange) {
    String status = exchange.status().isPresent() ? "status " + exchange.status().getAsInt() : "";
    String message = message(exchange);
    if (!status.isEmpty() && !message.isEmpty()) {
      return status + " with " + message;
    }
    if (status.isEmpty() && message.isEmpty()) {
      return exchange.end() == End.TIMED_OUT ? late(exchange) : "no answer";
    }
    return status + message;
  }

  private static String message(Exchange exchange) {
    Optional<JsonNode> error = exchange.error();
    if (error.isPresent()) {
      return "error " + compact(error.get().path("code"));
    }
    if (exchange.result().isPresent()) {
      return "a result";
    }
    return switch (exchange.received()) {
      case Inbound.HttpResponse response ->
          response.body().size() == 0 ? "no body" : "a body without a JSON-RPC response";
      case Inbound.Lines lines -> lines.lines().isEmpty() ? "" : "lines without the response";
      case Inbound.Unparsed unparsed -> "unreadable bytes";
      case Inbound.Nothing nothing -> "";
    };
  }

  /** A JSON value on one line; {@code nothing} when it is missing. */
  public static String compact(JsonNode node) {
    return node.isMissingNode() ? "nothing" : node.toString();
  }
}
