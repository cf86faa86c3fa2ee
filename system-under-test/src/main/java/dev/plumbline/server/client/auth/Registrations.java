package dev.plumbline.server.client.auth;

import dev.plumbline.server.protocol.JsonLimits;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who we are at each authorization server, in the order of 2026-07-28
 * basic/authorization/client-registration: known beforehand, by our metadata document, registered
 * now. What one server gave is never shown to another.
 */
final class Registrations {
  private static final int MAX_REGISTRATIONS = 64;
  private static final int MAX_ID_LENGTH = 2_048;

  /** What a client of ours can do at a token endpoint, the simplest for a native client first. */
  private static final List<AuthMethod> PREFERRED =
      List.of(AuthMethod.NONE, AuthMethod.CLIENT_SECRET_BASIC, AuthMethod.CLIENT_SECRET_POST);

  private final ClientSettings settings;
  private final AuthHttp http;
  private final InstantSource clock;
  private final Map<Key, Registered> registered =
      new LinkedHashMap<>(MAX_REGISTRATIONS, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Registered> eldest) {
          return size() > MAX_REGISTRATIONS;
        }
      };

  private record Key(String issuer, URI redirectUri) {}

  private record Registered(ClientIdentity client, Optional<Instant> until) {}

  Registrations(ClientSettings settings, AuthHttp http, InstantSource clock) {
    this.settings = settings;
    this.http = http;
    this.clock = clock;
  }

  /** Whether we brought identities, and none of them is for that server. */
  boolean areForOthersThan(String issuer) {
    return !settings.preRegistered().isEmpty()
        && settings.preRegistered().stream().noneMatch(client -> client.belongsTo(issuer));
  }

  /** Our identity at the server. */
  ClientIdentity at(AuthorizationServer server, URI redirectUri)
      throws IOException, InterruptedException {
    for (ClientIdentity known : settings.preRegistered()) {
      if (known.belongsTo(server.issuer())) {
        return known;
      }
    }
    if (server.clientMetadataDocuments() && settings.metadataDocument().isPresent()) {
      return ClientIdentity.publicClient(settings.metadataDocument().get().toString());
    }
    Key key = new Key(server.issuer(), redirectUri);
    Registered held = registered.get(key);
    if (held != null && held.until().map(clock.instant()::isBefore).orElse(true)) {
      return held.client();
    }
    URI endpoint =
        server
            .registrationEndpoint()
            .orElseThrow(
                () ->
                    new AuthorizationFailure(
                        "The authorization server "
                            + AuthorizationFailure.quoted(server.issuer())
                            + " registers nobody by itself: configure a client id it knows."));
    Registered fresh = register(server, endpoint, redirectUri);
    registered.put(key, fresh);
    return fresh.client();
  }

  /** Forgets a registration the server no longer knows. */
  void forget(ClientIdentity client) {
    registered.values().removeIf(held -> held.client().equals(client));
  }

  private Registered register(AuthorizationServer server, URI endpoint, URI redirectUri)
      throws IOException, InterruptedException {
    AuthMethod asked =
        PREFERRED.stream()
            .filter(method -> server.tokenAuthMethods().contains(method.wireName()))
            .findFirst()
            .orElseThrow(
                () ->
                    new AuthorizationFailure(
                        "The authorization server wants a client whose key it knows: configure"
                            + " one."));
    AuthHttp.Answer answer = http.post(endpoint, request(asked, redirectUri));
    Optional<JsonNode> body = answer.object();
    if (answer.status() / 100 != 2 || body.isEmpty()) {
      String reason = body.map(object -> object.path("error").asString("")).orElse("");
      throw new AuthorizationFailure(
          "The authorization server did not register us (status "
              + answer.status()
              + " "
              + AuthorizationFailure.quoted(reason)
              + "): configure a client id it knows.");
    }
    return identity(new Metadata(body.get(), "registration response"), server, asked);
  }

  private static Registered identity(Metadata reply, AuthorizationServer server, AuthMethod asked)
      throws AuthorizationFailure {
    String id = reply.required("client_id");
    if (id.length() > MAX_ID_LENGTH) {
      throw new AuthorizationFailure("The authorization server gave us an endless client id.");
    }
    String secret = reply.text("client_secret").orElse(null);
    AuthMethod method =
        reply.text("token_endpoint_auth_method").flatMap(AuthMethod::of).orElse(asked);
    boolean needsSecret =
        method == AuthMethod.CLIENT_SECRET_BASIC || method == AuthMethod.CLIENT_SECRET_POST;
    if ((needsSecret && secret == null) || method == AuthMethod.PRIVATE_KEY_JWT) {
      throw new AuthorizationFailure("We were registered as a client without its secret.");
    }
    long until = reply.document().path("client_secret_expires_at").asLong(0);
    return new Registered(
        new ClientIdentity(id, secret, null, method, server.issuer()),
        needsSecret && until > 0 ? Optional.of(Instant.ofEpochSecond(until)) : Optional.empty());
  }

  private JsonNode request(AuthMethod method, URI redirectUri) {
    ObjectNode request = JsonLimits.mapper().createObjectNode();
    request.put("client_name", settings.name());
    request.putArray("redirect_uris").add(redirectUri.toString());
    // A program on a person's machine; without it OpenID servers expect a web site.
    request.put("application_type", "native");
    request.putArray("response_types").add("code");
    request.put("token_endpoint_auth_method", method.wireName());
    var grants = request.putArray("grant_types").add("authorization_code");
    if (settings.refreshTokens()) {
      grants.add("refresh_token");
    }
    return request;
  }
}
