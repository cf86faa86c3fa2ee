package dev.plumbline.server.client.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.plumbline.server.client.auth.jose.DpopProofs;
import dev.plumbline.server.client.auth.jose.Jwt;
import dev.plumbline.server.client.auth.jose.SigningKey;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Sends requests for tokens, with the proof of who we are, and reads the answers. */
final class TokenEndpoint {
  private static final int MAX_TOKEN_LENGTH = 65_536;
  private static final int MAX_NONCES = 2;
  private static final long MAX_LIFE_SECONDS = 366L * 24 * 3_600;

  private final AuthHttp http;
  private final DpopProofs proofs;
  private final InstantSource clock;

  TokenEndpoint(AuthHttp http, DpopProofs proofs, InstantSource clock) {
    this.http = http;
    this.proofs = proofs;
    this.clock = clock;
  }

  /**
   * Obtains an access token.
   *
   * @param form the parameters of the grant
   * @param requested the scopes it is requested with
   * @param bound whether the token must be bound to our key
   * @throws TokenRefused when the server answered with an error
   */
  AccessToken accessToken(
      AuthorizationServer server,
      ClientIdentity client,
      Map<String, String> form,
      Scopes requested,
      boolean bound)
      throws IOException, InterruptedException {
    boolean dpop = bound || server.dpopAlgorithms().contains(DpopProofs.ALGORITHM);
    JsonNode answer =
        send(
            server.tokenEndpoint(),
            client,
            client.methodFor(server.tokenAuthMethods()),
            server.issuer(),
            form,
            dpop);
    Metadata reply = new Metadata(answer, "token response");
    boolean isBound = boundBy(reply.required("token_type"));
    if (isBound != dpop && (isBound || bound)) {
      throw new AuthorizationFailure(
          isBound
              ? "The token is bound to a key although we showed none."
              : "The server demands a token bound to our key, and got none.");
    }
    return new AccessToken(
        usable(reply.required("access_token")),
        isBound,
        expiry(answer.get("expires_in")),
        reply.text("refresh_token"),
        requested);
  }

  /** Exchanges tokens at an identity provider (RFC 8693 §2). */
  Metadata exchange(URI endpoint, ClientIdentity client, Map<String, String> form)
      throws IOException, InterruptedException {
    AuthMethod method =
        client.methodFor(
            List.of(
                AuthMethod.PRIVATE_KEY_JWT.wireName(), AuthMethod.CLIENT_SECRET_BASIC.wireName()));
    return new Metadata(
        send(endpoint, client, method, endpoint.toString(), form, false),
        "token exchange response");
  }

  private JsonNode send(
      URI endpoint,
      ClientIdentity client,
      AuthMethod method,
      String audience,
      Map<String, String> form,
      boolean dpop)
      throws IOException, InterruptedException {
    for (int nonces = 0; ; nonces++) {
      Map<String, String> full = new LinkedHashMap<>(form);
      Map<String, String> headers = new LinkedHashMap<>();
      authenticate(client, method, audience, full, headers);
      if (dpop) {
        headers.put("DPoP", proofs.proof("POST", endpoint, null));
      }
      AuthHttp.Answer answer = http.post(endpoint, full, headers);
      boolean news = proofs.nonce(endpoint, answer.headers().firstValue("DPoP-Nonce").orElse(""));
      Optional<JsonNode> body = answer.object();
      if (answer.status() == 200 && body.isPresent()) {
        return body.get();
      }
      String error = error(answer.status(), body);
      // RFC 9449 §8: the same request with the nonce, as often as it is a new one.
      if (!(dpop && news && error.equals("use_dpop_nonce") && nonces < MAX_NONCES)) {
        throw new TokenRefused(error);
      }
    }
  }

  private void authenticate(
      ClientIdentity client,
      AuthMethod method,
      String audience,
      Map<String, String> form,
      Map<String, String> headers) {
    switch (method) {
      case NONE -> form.put("client_id", client.clientId());
      case CLIENT_SECRET_POST -> {
        form.put("client_id", client.clientId());
        form.put("client_secret", Objects.requireNonNull(client.secret()));
      }
      case CLIENT_SECRET_BASIC -> {
        // RFC 6749 §2.3.1: both are form-encoded before they are joined.
        String pair =
            AuthHttp.encoded(client.clientId())
                + ":"
                + AuthHttp.encoded(Objects.requireNonNull(client.secret()));
        headers.put(
            "Authorization", "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8)));
      }
      case PRIVATE_KEY_JWT -> {
        SigningKey key = Objects.requireNonNull(client.key());
        form.put("client_id", client.clientId());
        form.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        form.put(
            "client_assertion",
            Jwt.clientAssertion(key, client.clientId(), audience, clock.instant()));
      }
    }
  }

  private static String error(int status, Optional<JsonNode> body) {
    return body.map(object -> object.get("error"))
        .filter(JsonNode::isString)
        .map(JsonNode::stringValue)
        .orElse("status " + status);
  }

  private static boolean boundBy(String tokenType) throws AuthorizationFailure {
    return switch (tokenType.toLowerCase(Locale.ROOT)) {
      case "bearer" -> false;
      case "dpop" -> true;
      default ->
          throw new AuthorizationFailure(
              "The token is of a type we cannot use: " + AuthorizationFailure.quoted(tokenType));
    };
  }

  /** A token goes into a header field: nothing in it may end that field. */
  private static String usable(String token) throws AuthorizationFailure {
    if (token.length() > MAX_TOKEN_LENGTH || !token.matches("[\\x21-\\x7e]+")) {
      throw new AuthorizationFailure("The token has characters a header field cannot carry.");
    }
    return token;
  }

  private Optional<Instant> expiry(JsonNode seconds) {
    if (seconds == null || !seconds.isNumber() || seconds.longValue() < 0) {
      return Optional.empty();
    }
    return Optional.of(
        clock.instant().plusSeconds(Math.min(seconds.longValue(), MAX_LIFE_SECONDS)));
  }
}
