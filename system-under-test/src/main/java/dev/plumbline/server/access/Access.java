package dev.plumbline.server.access;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * What a verified token allows, as long as it lasts.
 *
 * @param subject for whom it was issued
 * @param scopes what it may be used for
 * @param notBefore from when on
 * @param expiry until when
 */
public record Access(String subject, Set<String> scopes, Instant notBefore, Instant expiry) {
  /** Copies the set. */
  public Access {
    scopes = Set.copyOf(scopes);
  }

  /**
   * True when these scopes are allowed; a scope includes those below it: {@code a} is {@code a:b}.
   */
  boolean covers(Set<String> wanted) {
    return wanted.stream().allMatch(this::covers);
  }

  private boolean covers(String wanted) {
    return scopes.stream().anyMatch(had -> wanted.equals(had) || wanted.startsWith(had + ":"));
  }

  boolean lasts(Instant now, Duration leeway) {
    return now.isBefore(expiry.plus(leeway)) && !now.plus(leeway).isBefore(notBefore);
  }
}
