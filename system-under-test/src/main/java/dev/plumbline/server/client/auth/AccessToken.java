package dev.plumbline.server.client.auth;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A token as it was issued.
 *
 * @param value what is sent
 * @param dpop whether it is bound to our key and sent with a proof
 * @param expires when, if the server said so
 * @param refresh what obtains the next one, if the server gave it
 * @param requested the scopes it was requested with
 */
record AccessToken(
    String value,
    boolean dpop,
    Optional<Instant> expires,
    Optional<String> refresh,
    Scopes requested) {

  /** A token that ends sooner than this is renewed first; it could end on its way. */
  private static final Duration MARGIN = Duration.ofSeconds(10);

  boolean endsSoon(Instant now) {
    return expires.isPresent() && expires.get().isBefore(now.plus(MARGIN));
  }

  /** The same token, renewed by that refresh token. */
  AccessToken refreshedBy(Optional<String> newRefresh) {
    return new AccessToken(value, dpop, expires, newRefresh, requested);
  }

  /** Hides the values. */
  @Override
  public String toString() {
    return "AccessToken[dpop=" + dpop + ", expires=" + expires + ", scopes=" + requested + "]";
  }
}
