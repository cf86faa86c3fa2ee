package dev.plumbline.server.limit;

import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.RpcError;
import java.time.Duration;
import java.util.Locale;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Why something was not taken on, in numbers a client can act on (C19).
 *
 * @param reason what kind of limit it was
 * @param role whose limit
 * @param limit the limit
 * @param depth what was held, or spent, when it was refused
 * @param retryAfter what the client should wait at least
 * @param text one line for a person
 */
public record Refusal(
    Reason reason, String role, int limit, int depth, Duration retryAfter, String text) {
  /** What kind of limit was reached. */
  public enum Reason {
    /** No permit is free. */
    CAPACITY,
    /** A circuit breaker is open. */
    BREAKER,
    /** Too many requests in too short a time. */
    RATE;

    /** The name in JSON. */
    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final long MILLIS = 1_000;

  /** A limit that has no permits of its own was reached. */
  public static Refusal of(String role, int limit) {
    return new Refusal(
        Reason.CAPACITY, role, limit, limit, Limits.RETRY_AFTER, ErrorCode.OVERLOADED.text());
  }

  /** The same refusal in other words. */
  public Refusal saying(String other) {
    return new Refusal(reason, role, limit, depth, retryAfter, other);
  }

  /** What a client is told. */
  public RpcError error() {
    return new RpcError(ErrorCode.OVERLOADED.code(), text, null)
        .with(
            JsonNodeFactory.instance
                .objectNode()
                .put("reason", reason.wire())
                .put("role", role)
                .put("limit", limit)
                .put("depth", depth)
                .put("retryAfterMs", retryAfterMillis()));
  }

  /** Never nothing: whoever is refused should not come back in the same moment. */
  private long retryAfterMillis() {
    return Math.max(1, Math.ceilDiv(retryAfter.toNanos(), Duration.ofMillis(1).toNanos()));
  }

  /**
   * The value of Retry-After for an error of this kind, whole seconds, upwards (RFC 9110 §10.2.3);
   * the usual one when it names none.
   */
  public static String retryAfterSeconds(RpcError error) {
    return seconds(
        error.data() == null
            ? Limits.RETRY_AFTER.toMillis()
            : error.data().path("retryAfterMs").asLong(Limits.RETRY_AFTER.toMillis()));
  }

  private static String seconds(long millis) {
    return Long.toString(Math.ceilDiv(millis, MILLIS));
  }
}
