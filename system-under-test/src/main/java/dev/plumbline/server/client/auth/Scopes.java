package dev.plumbline.server.client.auth;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A set of scopes in the order they became known; immutable.
 *
 * @param values each a scope token of RFC 6749 §3.3
 */
record Scopes(Set<String> values) {
  static final Scopes NONE = new Scopes(Set.of());

  /** Adds to what is asked for that a refresh token is wanted. */
  static final String OFFLINE_ACCESS = "offline_access";

  private static final int MAX_SCOPES = 100;
  private static final String TOKEN = "[\\x21\\x23-\\x5b\\x5d-\\x7e]{1,256}";

  Scopes {
    values = Collections.unmodifiableSet(new LinkedHashSet<>(values));
  }

  /** The scopes of a space-separated list. */
  static Scopes parse(String list) throws AuthorizationFailure {
    List<String> tokens = new ArrayList<>();
    for (String token : list.split(" ", -1)) {
      if (!token.isEmpty()) {
        tokens.add(token);
      }
    }
    return of(tokens);
  }

  /** The scopes given, none of them with a character that could end the list. */
  static Scopes of(Collection<String> tokens) throws AuthorizationFailure {
    if (tokens.size() > MAX_SCOPES) {
      throw new AuthorizationFailure("More than " + MAX_SCOPES + " scopes are demanded.");
    }
    for (String token : tokens) {
      if (!token.matches(TOKEN)) {
        throw new AuthorizationFailure(
            "A scope has characters it must not have: " + AuthorizationFailure.quoted(token));
      }
    }
    return new Scopes(new LinkedHashSet<>(tokens));
  }

  boolean isEmpty() {
    return values.isEmpty();
  }

  boolean contains(Scopes other) {
    return values.containsAll(other.values);
  }

  /** Both, ours first. */
  Scopes and(Scopes other) throws AuthorizationFailure {
    Set<String> both = new LinkedHashSet<>(values);
    both.addAll(other.values);
    return of(both);
  }

  /** As a request carries them. */
  String list() {
    return String.join(" ", values);
  }
}
