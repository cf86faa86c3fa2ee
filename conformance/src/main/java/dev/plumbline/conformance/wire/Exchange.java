package dev.plumbline.conformance.wire;

import dev.plumbline.evidence.model.Transport;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * One thing sent and everything that came of it. All times are nanoseconds since the recording
 * began.
 *
 * @param label unique in its recording
 * @param transport what carried it
 * @param sent what was sent
 * @param received what came back
 * @param end how it ended
 * @param sentNanos when the first byte was written
 * @param firstByteNanos when the first byte came back, or -1
 * @param endNanos when the exchange was over
 */
public record Exchange(
    String label,
    Transport transport,
    Outbound sent,
    Inbound received,
    End end,
    long sentNanos,
    long firstByteNanos,
    long endNanos) {
  /** How many characters {@link #sentText()} and {@link #receivedText()} show at most. */
  public static final int MAX_TEXT = 2_000;

  /** The HTTP status, empty on stdio and when no response arrived. */
  public OptionalInt status() {
    return received instanceof Inbound.HttpResponse response
        ? OptionalInt.of(response.status())
        : OptionalInt.empty();
  }

  /** The value of the first response header of that name, ignoring case. */
  public Optional<String> header(String name) {
    return headers(name).stream().findFirst();
  }

  /** The values of all response headers of that name, ignoring case. */
  public List<String> headers(String name) {
    return received instanceof Inbound.HttpResponse response
        ? response.headers().stream().filter(h -> h.isNamed(name)).map(Header::value).toList()
        : List.of();
  }

  /** The JSON body that was sent, or empty when it was not JSON. */
  public Optional<JsonNode> sentMessage() {
    return switch (sent) {
      case Outbound.HttpRequest request -> Messages.parse(request.body());
      case Outbound.Line line -> Messages.parse(line.bytes());
      case Outbound.Raw raw -> Messages.parse(raw.bytes());
      case Outbound.Listening listening -> Optional.empty();
    };
  }

  /** The id of the request that was sent, or empty when there was none. */
  public Optional<JsonNode> sentId() {
    return sentMessage()
        .filter(JsonNode::isObject)
        .map(m -> m.get("id"))
        .filter(id -> !id.isNull());
  }

  /**
   * Every JSON value received, in order: the JSON body, the data of events, the lines. Batches are
   * flattened; what is not JSON is left out.
   */
  public List<JsonNode> messages() {
    return switch (received) {
      case Inbound.HttpResponse response -> {
        if (response.events().isEmpty()) {
          yield Messages.parse(response.body()).map(Messages::flatten).orElse(List.of());
        }
        yield response.events().stream()
            .flatMap(event -> event.json().stream())
            .flatMap(node -> Messages.flatten(node).stream())
            .toList();
      }
      case Inbound.Lines lines ->
          lines.lines().stream()
              .flatMap(line -> line.json().stream())
              .flatMap(node -> Messages.flatten(node).stream())
              .toList();
      case Inbound.Unparsed unparsed -> List.of();
      case Inbound.Nothing nothing -> List.of();
    };
  }

  /** The JSON-RPC response whose id equals the sent id. */
  public Optional<JsonNode> response() {
    return sentId()
        .flatMap(id -> messages().stream().filter(m -> Messages.answers(m, id)).findFirst());
  }

  /** The {@code result} of {@link #response()}. */
  public Optional<JsonNode> result() {
    return response().map(message -> message.get("result"));
  }

  /**
   * The {@code error} of {@link #response()}; without one, the error of a response that has no id
   * or a null id, as a request that could not be read gets.
   */
  public Optional<JsonNode> error() {
    return response()
        .or(() -> messages().stream().filter(Messages::isAnonymousResponse).findFirst())
        .map(message -> message.get("error"));
  }

  /** The integer {@code code} of {@link #error()}. */
  public OptionalInt errorCode() {
    return error()
        .map(error -> error.get("code"))
        .filter(code -> code.isIntegralNumber() && code.canConvertToInt())
        .map(code -> OptionalInt.of(code.intValue()))
        .orElse(OptionalInt.empty());
  }

  /** Whether the target said no: an HTTP status of 400 or more, or a JSON-RPC error. */
  public boolean refused() {
    return status().orElse(0) >= 400 || error().isPresent();
  }

  /** Whether the target said yes: a result for the sent id, and no HTTP error status. */
  public boolean accepted() {
    return status().orElse(0) < 400 && result().isPresent();
  }

  /** What was sent, as text for findings, at most {@link #MAX_TEXT} characters. */
  public String sentText() {
    return cut(
        switch (sent) {
          case Outbound.HttpRequest request ->
              request.method()
                  + " "
                  + request.target()
                  + (transport == Transport.HTTP2 ? " HTTP/2\n" : " HTTP/1.1\n")
                  + text(request.headers())
                  + "\n"
                  + request.body().text();
          case Outbound.Line line -> line.bytes().text();
          case Outbound.Raw raw -> raw.bytes().text();
          case Outbound.Listening listening -> "(nothing; only listened)";
        });
  }

  /** What came back, as text for findings, at most {@link #MAX_TEXT} characters. */
  public String receivedText() {
    String text =
        switch (received) {
          case Inbound.HttpResponse response ->
              (transport == Transport.HTTP2 ? "HTTP/2 " : "HTTP/1.1 ")
                  + response.status()
                  + " "
                  + response.reason()
                  + "\n"
                  + text(response.headers())
                  + "\n"
                  + response.body().text();
          case Inbound.Lines lines ->
              lines.lines().stream().map(l -> l.bytes().text()).collect(Collectors.joining("\n"));
          case Inbound.Unparsed unparsed -> unparsed.problem() + "\n" + unparsed.bytes().text();
          case Inbound.Nothing nothing -> "";
        };
    String why =
        switch (end) {
          case COMPLETE -> text.isEmpty() ? "(nothing)" : "";
          case TIMED_OUT -> "(no more within " + (endNanos - sentNanos) / 1_000_000 + " ms)";
          case CLOSED -> "(connection closed)";
          case CONNECT_FAILED -> "(no connection)";
          case MALFORMED -> "(not readable)";
        };
    return text.isEmpty() || why.isEmpty() ? cut(text) + why : cut(text) + "\n" + why;
  }

  private static String text(List<Header> headers) {
    return headers.stream()
        .map(h -> h.name() + ": " + h.value() + "\n")
        .collect(Collectors.joining());
  }

  private static String cut(String text) {
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
  }
}
