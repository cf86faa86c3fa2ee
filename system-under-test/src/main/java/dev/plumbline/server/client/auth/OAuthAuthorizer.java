package dev.plumbline.server.client.auth;

import dev.plumbline.server.client.auth.jose.DpopProofs;
import dev.plumbline.server.client.wire.Authorizer;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The client of MCP authorization (2025-11-25 and 2026-07-28 basic/authorization): answers the
 * challenges of protected endpoints with tokens issued for them, and sends a token nowhere else.
 * Safe for many threads; one authorization goes on at a time, and whoever waited for it shares its
 * result.
 */
public final class OAuthAuthorizer implements Authorizer {
  private static final int MAX_ENDPOINTS = 64;

  /** What this thread sent last: a challenge is about that token, not about a newer one. */
  private static final ThreadLocal<@Nullable Sent> SENT = new ThreadLocal<>();

  private final ClientSettings settings;
  private final InstantSource clock;
  private final DpopProofs proofs;
  private final Discovery discovery;
  private final Registrations registrations;
  private final TokenSource source;
  private final TokenStore store = new TokenStore();
  private final ReentrantLock lock = new ReentrantLock();

  private final Map<URI, EndpointState> endpoints =
      new LinkedHashMap<>(MAX_ENDPOINTS, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<URI, EndpointState> eldest) {
          return size() > MAX_ENDPOINTS;
        }
      };

  private record Sent(URI endpoint, @Nullable AccessToken token) {}

  /** For one client and one way to come to tokens. */
  public OAuthAuthorizer(ClientSettings settings, Grant grant) {
    this(settings, grant, InstantSource.system());
  }

  OAuthAuthorizer(ClientSettings settings, Grant grant, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    AuthHttp http = new AuthHttp(settings.time());
    this.proofs = new DpopProofs(clock);
    this.discovery = new Discovery(http);
    this.registrations = new Registrations(settings, http, clock);
    this.source =
        new TokenSource(grant, settings, registrations, new TokenEndpoint(http, proofs, clock));
  }

  @Override
  public Map<String, String> credentials(String httpMethod, URI endpoint)
      throws IOException, InterruptedException {
    AccessToken token;
    lock.lockInterruptibly();
    try {
      EndpointState state = endpoints.get(endpoint);
      token = state == null ? null : current(state);
      SENT.set(new Sent(endpoint, token));
    } finally {
      lock.unlock();
    }
    if (token == null) {
      return Map.of();
    }
    if (!token.dpop()) {
      return Map.of("Authorization", "Bearer " + token.value());
    }
    return Map.of(
        "Authorization",
        "DPoP " + token.value(),
        "DPoP",
        proofs.proof(httpMethod, endpoint, token.value()));
  }

  @Override
  public boolean challenged(Challenge challenge) throws IOException, InterruptedException {
    long heard = System.nanoTime();
    Optional<AuthChallenge> asked = AuthChallenge.forTokens(challenge.headers());
    String error = asked.flatMap(a -> a.parameter("error")).orElse("");
    boolean news = proofs.nonce(challenge.endpoint(), nonce(challenge));
    if (error.equals("use_dpop_nonce")) {
      return news;
    }
    boolean stepUp = challenge.status() == 403 && error.equals("insufficient_scope");
    if (challenge.status() != 401 && !stepUp) {
      return false;
    }
    lock.lockInterruptibly();
    try {
      EndpointState state =
          endpoints.computeIfAbsent(challenge.endpoint(), e -> new EndpointState());
      Optional<AccessToken> held = held(state);
      if (isOutdated(challenge.endpoint(), state, held, heard)) {
        return true;
      }
      return stepUp
          ? stepUp(state, challenge.endpoint(), asked.orElseThrow())
          : renew(state, challenge.endpoint(), asked, held);
    } finally {
      lock.unlock();
    }
  }

  /** Whether the challenge was for an older token than the one there is now. */
  private boolean isOutdated(
      URI endpoint, EndpointState state, Optional<AccessToken> held, long heard) {
    if (held.isEmpty()) {
      return false;
    }
    Sent last = SENT.get();
    if (last != null && last.endpoint().equals(endpoint)) {
      return !held.get().equals(last.token());
    }
    return state.issuedAt - heard > 0;
  }

  private Optional<AccessToken> held(EndpointState state) {
    return entry(state.key).map(TokenStore.Held::token);
  }

  private Optional<TokenStore.Held> entry(TokenStore.@Nullable Key key) {
    return key == null ? Optional.empty() : store.get(key);
  }

  /** The token to send, renewed when it is about to end and can be; null when there is none. */
  private @Nullable AccessToken current(EndpointState state)
      throws IOException, InterruptedException {
    AccessToken token = held(state).orElse(null);
    if (token != null && token.endsSoon(clock.instant())) {
      token = refreshed(state, Objects.requireNonNull(state.key)).orElse(null);
    }
    if (token != null) {
      state.used();
    }
    return token;
  }

  /** The next token of an entry; without one the entry is gone. */
  private Optional<AccessToken> refreshed(EndpointState state, TokenStore.Key key)
      throws IOException, InterruptedException {
    Optional<TokenStore.Held> held = store.get(key);
    store.remove(key);
    if (held.isEmpty() || held.get().token().refresh().isEmpty()) {
      return Optional.empty();
    }
    try {
      TokenStore.Held next = source.refresh(held.get(), key.resource());
      keep(state, key, next);
      return Optional.of(next.token());
    } catch (TokenRefused e) {
      // Revoked or used up: the next challenge starts from the beginning.
      return Optional.empty();
    }
  }

  /** After 401: find out who issues tokens now, and obtain one. */
  private boolean renew(
      EndpointState state,
      URI endpoint,
      Optional<AuthChallenge> asked,
      Optional<AccessToken> rejected)
      throws IOException, InterruptedException {
    if (rejected.isPresent()) {
      state.refused(clock.instant());
    }
    Target target = target(endpoint, asked);
    TokenStore.Key key = target.key();
    if (state.key != null && !key.equals(state.key)) {
      store.remove(state.key);
      state.migrated();
    }
    Optional<AccessToken> known = store.get(key).map(TokenStore.Held::token);
    Scopes held = known.map(AccessToken::requested).orElse(Scopes.NONE);
    Scopes scopes = state.requested.and(held).and(initialScopes(asked, target));
    if (known.isPresent() && held.contains(scopes)) {
      // Issued for another endpoint of the same resource, or good for a refresh.
      if (rejected.isEmpty() && !known.get().endsSoon(clock.instant())) {
        state.issued(key, scopes, System.nanoTime());
        return true;
      }
      if (refreshed(state, key).isPresent()) {
        return true;
      }
    }
    keep(state, key, source.obtain(target.need(endpoint, scopes, isBound(asked))));
    return true;
  }

  /** After 403: the scopes asked for so far and the ones demanded now, together. */
  private boolean stepUp(EndpointState state, URI endpoint, AuthChallenge asked)
      throws IOException, InterruptedException {
    Optional<String> demanded = asked.parameter("scope");
    if (demanded.isEmpty()) {
      return false;
    }
    Scopes all = state.requested.and(Scopes.parse(demanded.get()));
    state.steppedUp(all);
    Target target = target(endpoint, Optional.of(asked));
    boolean bound = isBound(Optional.of(asked));
    keep(state, target.key(), source.obtain(target.need(endpoint, all, bound)));
    return true;
  }

  private void keep(EndpointState state, TokenStore.Key key, TokenStore.Held entry) {
    if (state.key != null && !state.key.equals(key)) {
      store.remove(state.key);
    }
    state.issued(key, entry.token().requested(), System.nanoTime());
    store.put(key, entry);
  }

  private record Target(AuthorizationServer server, String resource, Optional<Scopes> scopes) {
    TokenStore.Key key() {
      return new TokenStore.Key(server.issuer(), resource);
    }

    TokenSource.Need need(URI endpoint, Scopes all, boolean bound) {
      return new TokenSource.Need(server, endpoint, resource, all, bound);
    }
  }

  private Target target(URI endpoint, Optional<AuthChallenge> asked)
      throws IOException, InterruptedException {
    Optional<ProtectedResource> resource =
        discovery.resource(endpoint, asked.flatMap(a -> a.parameter("resource_metadata")));
    if (resource.isEmpty()) {
      return targetWithoutMetadata(endpoint);
    }
    List<String> issuers = resource.get().authorizationServers();
    String issuer =
        issuers.stream()
            .filter(candidate -> !registrations.areForOthersThan(candidate))
            .findFirst()
            .orElseThrow(
                () ->
                    new AuthorizationFailure(
                        "The client credentials are for another authorization server than "
                            + AuthorizationFailure.quoted(issuers.getFirst())));
    AuthorizationServer server =
        discovery
            .server(issuer, endpoint)
            .orElseThrow(
                () ->
                    new AuthorizationFailure(
                        "The authorization server publishes no metadata: "
                            + AuthorizationFailure.quoted(issuer)));
    return new Target(server, resource.get().resource(), resource.get().scopes());
  }

  /** 2025-03-26 basic/authorization: the server's origin is its own authorization server. */
  private Target targetWithoutMetadata(URI endpoint) throws IOException, InterruptedException {
    if (!settings.withoutResourceMetadata()) {
      throw new AuthorizationFailure("The server publishes no protected resource metadata.");
    }
    String issuer = SafeUrls.sibling(endpoint, "").toString();
    SafeUrls.require(issuer, "server", endpoint);
    AuthorizationServer server =
        discovery
            .server(issuer, endpoint)
            .orElseGet(() -> AuthorizationServer.atDefaultPaths(endpoint));
    return new Target(server, endpoint.toString(), Optional.empty());
  }

  /** 2026-07-28 basic/authorization, scope selection strategy. */
  private static Scopes initialScopes(Optional<AuthChallenge> asked, Target target)
      throws AuthorizationFailure {
    Optional<String> demanded = asked.flatMap(a -> a.parameter("scope"));
    return demanded.isPresent()
        ? Scopes.parse(demanded.get())
        : target.scopes().orElse(Scopes.NONE);
  }

  /** A server that asks in the DPoP scheme takes no plain bearer token. */
  private static boolean isBound(Optional<AuthChallenge> asked) {
    return asked.map(a -> a.scheme().equals("dpop")).orElse(false);
  }

  private static String nonce(Challenge challenge) {
    return challenge.headers().entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase("DPoP-Nonce"))
        .flatMap(header -> header.getValue().stream())
        .findFirst()
        .orElse("");
  }
}
