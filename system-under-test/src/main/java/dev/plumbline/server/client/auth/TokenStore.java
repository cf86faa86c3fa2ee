package dev.plumbline.server.client.auth;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tokens in memory, each for one resource at one authorization server; the one unused longest makes
 * room. Nothing is written anywhere.
 */
final class TokenStore {
  /** Most tokens held. */
  static final int MAX_TOKENS = 64;

  private final Map<Key, Held> tokens =
      new LinkedHashMap<>(MAX_TOKENS, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Held> eldest) {
          return size() > MAX_TOKENS;
        }
      };

  /** Whose token it is, and what for. */
  record Key(String issuer, String resource) {}

  /**
   * A token, the server it is from, and the client it was issued to: only that one refreshes it.
   */
  record Held(AccessToken token, AuthorizationServer server, ClientIdentity client) {}

  synchronized Optional<Held> get(Key key) {
    return Optional.ofNullable(tokens.get(key));
  }

  synchronized void put(Key key, Held entry) {
    tokens.put(key, entry);
  }

  synchronized void remove(Key key) {
    tokens.remove(key);
  }
}
