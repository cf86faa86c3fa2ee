package dev.plumbline.conformance.wire;

import dev.plumbline.evidence.model.Era;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An immutable lawful message with edits: a twin probe sends a draft, then the same draft with one
 * mutation. Edits of the message keep the mirrored headers lawful only where that is said.
 */
public final class Draft {
  /** The {@code _meta} key of the protocol revision. */
  public static final String META_VERSION = "io.modelcontextprotocol/protocolVersion";

  /** The {@code _meta} key of the client's name and version. */
  public static final String META_CLIENT = "io.modelcontextprotocol/clientInfo";

  /** The {@code _meta} key of the client's capabilities. */
  public static final String META_CAPABILITIES = "io.modelcontextprotocol/clientCapabilities";

  static final String VERSION = "MCP-Protocol-Version";
  static final String SESSION = "Mcp-Session-Id";
  static final String CONTENT_LENGTH = "Content-Length";

  /** Replaced by the body's length when the request is written. */
  private static final String COUNTED = "{counted}";

  private final Era era;
  private final Mirror mirror;
  private final String httpMethod;
  private final String target;
  private final List<Header> headers;
  private final @Nullable ObjectNode message;
  private final @Nullable Bytes rawBody;
  private final @Nullable Bytes raw;
  private final @Nullable Duration deadline;
  private final boolean toTheEnd;
  private final Consumer<JsonNode> listener;

  private Draft(
      Era era,
      Mirror mirror,
      String httpMethod,
      String target,
      List<Header> headers,
      @Nullable ObjectNode message,
      @Nullable Bytes rawBody,
      @Nullable Bytes raw,
      @Nullable Duration deadline,
      boolean toTheEnd,
      Consumer<JsonNode> listener) {
    this.era = era;
    this.mirror = mirror;
    this.httpMethod = httpMethod;
    this.target = target;
    this.headers = List.copyOf(headers);
    this.message = message;
    this.rawBody = rawBody;
    this.raw = raw;
    this.deadline = deadline;
    this.toTheEnd = toTheEnd;
    this.listener = listener;
  }

  /** Listens to nothing. */
  private static void nobody(JsonNode message) {}

  /** A POST of this message. {@code headers} are those that do not mirror the message. */
  static Draft post(
      Era era, Mirror mirror, String target, List<Header> headers, ObjectNode message) {
    List<Header> all = new ArrayList<>(headers);
    all.add(new Header(CONTENT_LENGTH, COUNTED));
    Draft plain =
        new Draft(
            era, mirror, "POST", target, all, message, null, null, null, false, Draft::nobody);
    return era == Era.STATELESS ? plain.mirrored() : plain;
  }

  /** A request without body. */
  static Draft bodiless(Era era, String method, String target, List<Header> headers) {
    return new Draft(
        era, new Mirror(), method, target, headers, null, null, null, null, false, Draft::nobody);
  }

  /** What was sent once, to be sent again byte for byte. */
  public static Draft of(Era era, Outbound sent) {
    return switch (sent) {
      case Outbound.HttpRequest request ->
          bodied(era, request.method(), request.target(), request.headers(), request.body());
      case Outbound.Line line -> bodied(era, "POST", "/", List.of(), line.bytes());
      case Outbound.Raw raw -> bodiless(era, "POST", "/", List.of()).raw(raw.bytes());
      case Outbound.Listening listening ->
          throw new IllegalArgumentException("listening sends nothing");
    };
  }

  private static Draft bodied(
      Era era, String method, String target, List<Header> headers, Bytes body) {
    ObjectNode message =
        Messages.parse(body)
            .filter(node -> node instanceof ObjectNode)
            .map(ObjectNode.class::cast)
            .orElse(null);
    boolean exact = message != null && Bytes.text(Messages.compact(message)).equals(body);
    return new Draft(
        era,
        new Mirror(),
        method,
        target,
        headers,
        message,
        exact || body.size() == 0 ? null : body,
        null,
        null,
        false,
        Draft::nobody);
  }

  // --- edits of the HTTP request -----------------------------------------------------------------

  /** Replaces all headers of that name by this one; adds it when there was none. */
  public Draft header(String name, String value) {
    return withoutHeader(name).addHeader(name, value);
  }

  /** Adds a header even when there is one of that name already. */
  public Draft addHeader(String name, String value) {
    List<Header> more = new ArrayList<>(headers);
    more.add(new Header(name, value));
    return with(httpMethod, target, more, message, rawBody, raw, deadline);
  }

  /** Removes all headers of that name, also {@code Host} and {@code Content-Length}. */
  public Draft withoutHeader(String name) {
    List<Header> fewer = headers.stream().filter(h -> !h.isNamed(name)).toList();
    return with(httpMethod, target, fewer, message, rawBody, raw, deadline);
  }

  /** Removes all headers. */
  public Draft withoutHeaders() {
    return with(httpMethod, target, List.of(), message, rawBody, raw, deadline);
  }

  /** Uses another HTTP method, keeping headers and body. */
  public Draft httpMethod(String method) {
    return with(method, target, headers, message, rawBody, raw, deadline);
  }

  /** Uses another request target. */
  public Draft target(String requestTarget) {
    return with(httpMethod, requestTarget, headers, message, rawBody, raw, deadline);
  }

  // --- edits of the message ----------------------------------------------------------------------

  /** Replaces the id; any JSON value, also null. */
  public Draft id(JsonNode id) {
    return body(
        body -> {
          body.set("id", id);
          return body;
        });
  }

  /** Replaces the parameters, keeping lawful {@code _meta} and mirrored headers. */
  public Draft params(ObjectNode params) {
    Draft edited =
        body(
            body -> {
              ObjectNode merged = params.deepCopy();
              JsonNode meta = body.path("params").path("_meta");
              if (!merged.has("_meta") && meta.isObject()) {
                merged.set("_meta", meta);
              }
              body.set("params", merged);
              return body;
            });
    return era == Era.STATELESS ? edited.mirrored() : edited;
  }

  /** Edits {@code params._meta}; headers stay as they are. */
  public Draft meta(UnaryOperator<ObjectNode> edit) {
    return body(
        body -> {
          ObjectNode params = body.withObject("/params");
          params.set("_meta", edit.apply(params.withObject("/_meta")));
          return body;
        });
  }

  /** States another protocol revision, in header and, in the stateless era, in {@code _meta}. */
  public Draft revision(String revision) {
    Draft edited = header(VERSION, revision);
    return era == Era.STATELESS ? edited.meta(m -> m.put(META_VERSION, revision)) : edited;
  }

  /** Edits the whole message; headers stay as they are. */
  public Draft body(UnaryOperator<ObjectNode> edit) {
    ObjectNode copy = message == null ? Messages.object() : message.deepCopy();
    return with(httpMethod, target, headers, edit.apply(copy), null, raw, deadline);
  }

  /** Sends these bytes as body, or as line on stdio, instead of the message. */
  public Draft rawBody(Bytes bytes) {
    return with(httpMethod, target, headers, message, bytes, raw, deadline);
  }

  /** Sends these bytes instead of everything: no request line, no headers, no line feed added. */
  public Draft raw(Bytes bytes) {
    return with(httpMethod, target, headers, message, rawBody, bytes, deadline);
  }

  /** How long to wait for the answer; on stdio also how long to listen after a notification. */
  public Draft deadline(Duration time) {
    return with(httpMethod, target, headers, message, rawBody, raw, time);
  }

  /**
   * Reads on after the answer until the stream, or else the time, is over; only over HTTP. Whether
   * a stream ends with its answer is seen in no other way.
   */
  public Draft toTheEnd() {
    return new Draft(
        era, mirror, httpMethod, target, headers, message, rawBody, raw, deadline, true, listener);
  }

  /**
   * Tells the listener every message of an event stream as it comes; only over HTTP. The listener
   * is called on the thread that sends.
   */
  public Draft listener(Consumer<JsonNode> told) {
    return new Draft(
        era, mirror, httpMethod, target, headers, message, rawBody, raw, deadline, toTheEnd, told);
  }

  /** Tells whoever listens. */
  void hears(JsonNode heard) {
    listener.accept(heard);
  }

  // --- views -------------------------------------------------------------------------------------

  /** The message as it stands now; empty without one. */
  public Optional<ObjectNode> message() {
    return Optional.ofNullable(message).map(ObjectNode::deepCopy);
  }

  /** The request target as it stands now. */
  public String requestTarget() {
    return target;
  }

  /** The headers as they stand now. */
  public List<Header> headers() {
    return headers;
  }

  Optional<Duration> ownDeadline() {
    return Optional.ofNullable(deadline);
  }

  /** What an answer must carry as id, when it can be told. */
  Optional<JsonNode> awaitedId() {
    if (toTheEnd) {
      return Optional.empty();
    }
    Optional<JsonNode> sent =
        raw != null
            ? Messages.parse(raw)
            : rawBody != null ? Messages.parse(rawBody) : Optional.ofNullable(message);
    return sent.filter(Messages::isRequest).map(m -> m.get("id")).filter(id -> !id.isNull());
  }

  /** Whether this is a well-formed notification, to which no answer is expected. */
  boolean isNotification() {
    return raw == null && rawBody == null && message != null && isNotification(message);
  }

  private static boolean isNotification(ObjectNode message) {
    return !message.has("id") || Messages.isResponse(message);
  }

  Outbound http() {
    if (raw != null) {
      return new Outbound.Raw(raw);
    }
    Bytes body = content();
    List<Header> sent =
        headers.stream()
            .map(h -> h.value().equals(COUNTED) ? new Header(h.name(), "" + body.size()) : h)
            .toList();
    return new Outbound.HttpRequest(httpMethod, target, sent, body);
  }

  Outbound stdio() {
    return raw != null ? new Outbound.Raw(raw) : new Outbound.Line(content());
  }

  private Bytes content() {
    if (rawBody != null) {
      return rawBody;
    }
    return message == null ? Bytes.EMPTY : Bytes.text(Messages.compact(message));
  }

  private Draft with(
      String newMethod,
      String newTarget,
      List<Header> newHeaders,
      @Nullable ObjectNode newMessage,
      @Nullable Bytes newRawBody,
      @Nullable Bytes newRaw,
      @Nullable Duration newDeadline) {
    return new Draft(
        era,
        mirror,
        newMethod,
        newTarget,
        newHeaders,
        newMessage,
        newRawBody,
        newRaw,
        newDeadline,
        toTheEnd,
        listener);
  }

  /** Puts the mirrored headers right for the message as it stands now. */
  private Draft mirrored() {
    if (message == null) {
      return this;
    }
    List<Header> all = new ArrayList<>(headers);
    all.removeIf(Mirror::isMirrored);
    all.addAll(mirror.headers(message));
    return with(httpMethod, target, all, message, rawBody, raw, deadline);
  }

  /** The value as a header may carry it: plain when it is safe ASCII, else in Base64 marks. */
  public static String encoded(String value) {
    return Mirror.encoded(value);
  }
}
