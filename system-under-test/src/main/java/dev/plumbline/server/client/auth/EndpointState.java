package dev.plumbline.server.client.auth;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is known about the authorization of one endpoint. Guarded by the authorizer's lock. */
final class EndpointState {
  /** Most step-ups of one endpoint: a server that always wants more gets its refusal. */
  static final int MAX_STEP_UPS = 16;

  /** Most fresh tokens in a row that the server may refuse. */
  static final int MAX_REFUSED_FRESH = 1;

  private static final Duration COOL_DOWN = Duration.ofMinutes(1);

  private final Set<Set<String>> repeated = new HashSet<>();
  private int stepUps;
  private int refusedFresh;
  private Instant lastRefused = Instant.MIN;
  private int uses;

  /** Where its tokens are; null until a challenge told. */
  TokenStore.@Nullable Key key;

  /** All scopes asked for so far at this authorization server. */
  Scopes requested = Scopes.NONE;

  /** {@link System#nanoTime} of the newest token, 0 before. */
  long issuedAt;

  void used() {
    uses++;
  }

  void issued(TokenStore.Key newKey, Scopes scopes, long nanoTime) {
    key = newKey;
    requested = scopes;
    issuedAt = nanoTime;
    uses = 0;
  }

  /** Another authorization server: nothing asked for at the old one counts. */
  void migrated() {
    key = null;
    requested = Scopes.NONE;
    repeated.clear();
  }

  /** Counts a token that was refused at its first use; fails when that goes on. */
  void refused(Instant now) throws AuthorizationFailure {
    if (uses > 1 || Duration.between(lastRefused, now).compareTo(COOL_DOWN) > 0) {
      refusedFresh = 0;
    }
    lastRefused = now;
    if (++refusedFresh > MAX_REFUSED_FRESH) {
      throw new AuthorizationFailure(
          "The server refuses every token its authorization server issues; giving up.");
    }
  }

  /**
   * Counts a demand for more scopes; fails when asking again cannot help. The same scopes are asked
   * for once more, because the person may have granted fewer.
   */
  void steppedUp(Scopes all) throws AuthorizationFailure {
    boolean nothingNew = requested.contains(all);
    if ((nothingNew && !repeated.add(all.values())) || ++stepUps > MAX_STEP_UPS) {
      throw new AuthorizationFailure(
          "The server still finds the scope insufficient after it was asked for: "
              + AuthorizationFailure.quoted(all.list()));
    }
  }
}
