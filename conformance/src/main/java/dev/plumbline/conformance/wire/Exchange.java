package dev.plumbline.conformance.wire;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonCreator;
import dev.plumbline.evidence.model.Transport;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * One thing sent and everything that came of it. All times are nanoseconds since the recording
 * began. A class, not a record, as it keeps the messages it has read: hundreds of rules ask.
 */
@JsonAutoDetect(
    fieldVisibility = Visibility.ANY,
    getterVisibility = Visibility.NONE,
    isGetterVisibility = Visibility.NONE)
public final class Exchange {
  /** Longer ones are read again at every question, so that floods are not held twice. */
  private static final int MAX_KEPT_BYTES = 256 * 1024;

  /** How many characters {@link #sentText()} and {@link #receivedText()} show at most. */
  public static final int MAX_TEXT = 2_000;

  private final String label;
  private final Transport transport;
  private final Outbound sent;
  private final Inbound received;
  private final End end;
  private final long sentNanos;
  private final long firstByteNanos;
  private final long endNanos;
  private final transient boolean kept;
  private transient volatile @Nullable JsonNode sentMessage;
  private transient volatile @Nullable List<JsonNode> messages;

  /**
   * What was sent and what came.
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
  @JsonCreator
  public Exchange(
      String label,
      Transport transport,
      Outbound sent,
      Inbound received,
      End end,
      long sentNanos,
      long firstByteNanos,
      long endNanos) {
    this.label = label;
    this.transport = transport;
    this.sent = sent;
    this.received = received;
    this.end = end;
    this.sentNanos = sentNanos;
    this.firstByteNanos = firstByteNanos;
    this.endNanos = endNanos;
    this.kept = size(sent) + size(received) <= MAX_KEPT_BYTES;
  }

  private static long size(Outbound sent) {
    return switch (sent) {
      case Outbound.HttpRequest request -> request.body().size();
      case Outbound.Line line -> line.bytes().size();
      case Outbound.Raw raw -> raw.bytes().size();
      case Outbound.Listening listening -> 0;
    };
  }

  private static long size(Inbound received) {
    return switch (received) {
      case Inbound.HttpResponse response -> response.body().size();
      case Inbound.Lines lines -> lines.lines().stream().mapToLong(l -> l.bytes().size()).sum();
      case Inbound.Unparsed unparsed -> unparsed.bytes().size();
      case Inbound.Nothing nothing -> 0;
    };
  }

  /** Unique in its recording. */
  public String label() {
    return label;
  }

  /** What carried it. */
  public Transport transport() {
    return transport;
  }

  /** What was sent. */
  public Outbound sent() {
    return sent;
  }

  /** What came back. */
  public Inbound received() {
    return received;
  }

  /** How it ended. */
  public End end() {
    return end;
  }

  /** When the first byte was written. */
  public long sentNanos() {
    return sentNanos;
  }

  /** When the first byte came back, or -1. */
  public long firstByteNanos() {
    return firstByteNanos;
  }

  /** When the exchange was over. */
  public long endNanos() {
    return endNanos;
  }

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

  /** The JSON body that was sent, or empty when it was not JSON. It belongs to all: copy it. */
  public Optional<JsonNode> sentMessage() {
    JsonNode read = sentMessage;
    if (read == null) {
      read = readSent().orElse(MissingNode.getInstance());
      sentMessage = kept ? read : null;
    }
    return Optional.of(read).filter(message -> !message.isMissingNode());
  }

  private Optional<JsonNode> readSent() {
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
   * flattened; what is not JSON is left out. They belong to all: copy what is to be changed.
   */
  public List<JsonNode> messages() {
    List<JsonNode> read = messages;
    if (read == null) {
      read = readReceived();
      messages = kept ? read : null;
    }
    return read;
  }

  private List<JsonNode> readReceived() {
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

  @Override
  public boolean equals(Object other) {
    return other instanceof Exchange that
        && label.equals(that.label)
        && transport == that.transport
        && end == that.end
        && sentNanos == that.sentNanos
        && firstByteNanos == that.firstByteNanos
        && endNanos == that.endNanos
        && sent.equals(that.sent)
        && received.equals(that.received);
  }

  /** Of what tells exchanges apart; what was exchanged may be long. */
  @Override
  public int hashCode() {
    return Objects.hash(label, sentNanos, endNanos);
  }

  @Override
  public String toString() {
    return label + ": " + sent + " -> " + received + ", " + end;
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
