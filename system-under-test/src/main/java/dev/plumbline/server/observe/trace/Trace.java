package dev.plumbline.server.observe.trace;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The trace a request belongs to (2026-07-28 basic/index, OpenTelemetry trace context; W3C Trace
 * Context and W3C Baggage). What is malformed is left out, and the request is served all the same.
 *
 * @param traceparent version, trace id, parent id and flags
 * @param tracestate what vendors added, or null
 * @param baggage what the application added, or null
 */
public record Trace(String traceparent, @Nullable String tracestate, @Nullable String baggage) {
  private static final int MAX_TRACESTATE = 512;
  private static final int MAX_BAGGAGE = 8_192;
  private static final Pattern TRACEPARENT =
      Pattern.compile(
          "(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?");
  private static final int VERSION_00_LENGTH = 55;
  private static final Pattern PRINTABLE = Pattern.compile("[\\x20-\\x7e\\t]*=[\\x20-\\x7e\\t]*");

  /** The trace named by a request's {@code _meta}; empty when there is none. */
  public static Optional<Trace> of(ObjectNode meta) {
    String parent = text(meta.get("traceparent"));
    return parent == null
        ? Optional.empty()
        : of(parent, text(meta.get("tracestate")), text(meta.get("baggage")));
  }

  /** The trace named by header fields; empty when there is none. */
  public static Optional<Trace> of(
      String parent, @Nullable String tracestate, @Nullable String baggage) {
    return isParent(parent)
        ? Optional.of(
            new Trace(parent, list(tracestate, MAX_TRACESTATE), list(baggage, MAX_BAGGAGE)))
        : Optional.empty();
  }

  /** The 32 hexadecimal digits that name the trace; safe to log. */
  public String traceId() {
    return traceparent.substring(3, 35);
  }

  private static boolean isParent(String text) {
    // Only versions after 00 may have more than four fields.
    boolean fits = !text.startsWith("00-") || text.length() == VERSION_00_LENGTH;
    return fits && text.length() <= MAX_TRACESTATE && TRACEPARENT.matcher(text).matches();
  }

  private static @Nullable String text(@Nullable JsonNode value) {
    return value != null && value.isString() ? value.stringValue() : null;
  }

  private static @Nullable String list(@Nullable String value, int limit) {
    return value != null && value.length() <= limit && PRINTABLE.matcher(value).matches()
        ? value
        : null;
  }
}
