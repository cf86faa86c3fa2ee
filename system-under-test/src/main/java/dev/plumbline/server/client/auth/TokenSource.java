package dev.plumbline.server.client.auth;

import dev.plumbline.server.client.auth.user.UserAgent;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Obtains tokens by the grant the client is configured for. */
final class TokenSource {
  private static final String JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";
  private static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
  private static final String ID_TOKEN = "urn:ietf:params:oauth:token-type:id_token";
  private static final String ID_JAG = "urn:ietf:params:oauth:token-type:id-jag";

  private final Grant grant;
  private final ClientSettings settings;
  private final Registrations registrations;
  private final TokenEndpoint tokens;

  /** The one authorization server a configured client is for, once it was used. */
  private @Nullable String firstIssuer;

  TokenSource(
      Grant grant, ClientSettings settings, Registrations registrations, TokenEndpoint tokens) {
    this.grant = grant;
    this.settings = settings;
    this.registrations = registrations;
    this.tokens = tokens;
  }

  /**
   * What a token is requested for.
   *
   * @param endpoint the MCP endpoint
   * @param resource the identifier it is published under
   * @param bound whether the token must be bound to our key
   */
  record Need(
      AuthorizationServer server, URI endpoint, String resource, Scopes scopes, boolean bound) {}

  TokenStore.Held obtain(Need need) throws IOException, InterruptedException {
    return switch (grant) {
      case Grant.AuthorizationCode code -> withUser(code.agent(), need);
      case Grant.ClientCredentials own ->
          request(own.client(), form("client_credentials", need), need);
      case Grant.EnterpriseManaged managed -> byProvider(managed, need);
      case Grant.WorkloadIdentity workload -> {
        Map<String, String> form = form(JWT_BEARER, need);
        form.put("assertion", workload.assertion().get());
        yield request(workload.client(), form, need);
      }
    };
  }

  /** The next token for a refresh token; scopes stay what they were. */
  TokenStore.Held refresh(TokenStore.Held held, String resource)
      throws IOException, InterruptedException {
    AccessToken token = held.token();
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "refresh_token");
    form.put("refresh_token", token.refresh().orElseThrow());
    form.put("resource", resource);
    AccessToken next =
        tokens.accessToken(held.server(), held.client(), form, token.requested(), token.dpop());
    // A server that does not rotate sends no new refresh token.
    AccessToken kept = next.refresh().isPresent() ? next : next.refreshedBy(token.refresh());
    return new TokenStore.Held(kept, held.server(), held.client());
  }

  private TokenStore.Held withUser(UserAgent agent, Need need)
      throws IOException, InterruptedException {
    AuthorizationServer server = need.server();
    // 2026-07-28 basic/authorization/security-considerations, authorization code protection
    if (!server.codeChallengeMethods().contains(AuthorizationServer.S256)) {
      throw new AuthorizationFailure(
          "The authorization server does not support PKCE with S256; we do not go on without.");
    }
    URI authorize =
        server
            .authorizationEndpoint()
            .orElseThrow(
                () -> new AuthorizationFailure("The server has no authorization endpoint."));
    try (UserAgent.Visit visit = agent.begin()) {
      ClientIdentity client = registrations.at(server, visit.redirectUri());
      PendingAuthorization pending = PendingAuthorization.begin(server, visit.redirectUri());
      Scopes scopes = withOfflineAccess(need);
      URI request = authorizationRequest(authorize, client, pending, need, scopes);
      String code = pending.code(visit.open(request));
      Map<String, String> form = new LinkedHashMap<>();
      form.put("grant_type", "authorization_code");
      form.put("code", code);
      form.put("redirect_uri", visit.redirectUri().toString());
      form.put("code_verifier", pending.verifier());
      form.put("resource", need.resource());
      return request(client, form, need);
    }
  }

  private static URI authorizationRequest(
      URI authorize,
      ClientIdentity client,
      PendingAuthorization pending,
      Need need,
      Scopes scopes) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("response_type", "code");
    query.put("client_id", client.clientId());
    query.put("redirect_uri", pending.redirectUri().toString());
    query.put("state", pending.state());
    query.put("code_challenge", pending.challenge());
    query.put("code_challenge_method", AuthorizationServer.S256);
    query.put("resource", need.resource());
    if (!scopes.isEmpty()) {
      query.put("scope", scopes.list());
    }
    String joint = authorize.getRawQuery() == null ? "?" : "&";
    return URI.create(authorize + joint + AuthHttp.encoded(query));
  }

  /**
   * With {@code offline_access} where the server knows it; never alone, because that would replace
   * the scopes the server grants when asked for none.
   */
  private Scopes withOfflineAccess(Need need) throws AuthorizationFailure {
    boolean wanted =
        settings.refreshTokens()
            && !need.scopes().isEmpty()
            && need.server().scopes().contains(Scopes.OFFLINE_ACCESS);
    return wanted ? need.scopes().and(Scopes.parse(Scopes.OFFLINE_ACCESS)) : need.scopes();
  }

  private TokenStore.Held byProvider(Grant.EnterpriseManaged managed, Need need)
      throws IOException, InterruptedException {
    URI provider =
        SafeUrls.require(managed.provider().toString(), "identity provider", need.endpoint());
    boundTo(managed.client(), need.server().issuer());
    Map<String, String> exchange = form(EXCHANGE, need);
    exchange.put("requested_token_type", ID_JAG);
    exchange.put("audience", need.server().issuer());
    exchange.put("subject_token", managed.identityToken().get());
    exchange.put("subject_token_type", ID_TOKEN);
    Metadata reply = tokens.exchange(provider, managed.atProvider(), exchange);
    if (!reply.required("issued_token_type").equals(ID_JAG)) {
      throw new AuthorizationFailure("The identity provider issued another kind of token.");
    }
    Map<String, String> form = form(JWT_BEARER, need);
    form.put("assertion", reply.required("access_token"));
    return request(managed.client(), form, need);
  }

  private static Map<String, String> form(String grantType, Need need) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", grantType);
    form.put("resource", need.resource());
    if (!need.scopes().isEmpty()) {
      form.put("scope", need.scopes().list());
    }
    return form;
  }

  private TokenStore.Held request(ClientIdentity client, Map<String, String> form, Need need)
      throws IOException, InterruptedException {
    boundTo(client, need.server().issuer());
    try {
      AccessToken token =
          tokens.accessToken(need.server(), client, form, need.scopes(), need.bound());
      return new TokenStore.Held(token, need.server(), client);
    } catch (TokenRefused e) {
      if (e.is("invalid_client")) {
        registrations.forget(client);
      }
      throw new AuthorizationFailure("No access token: " + e.getMessage(), e);
    }
  }

  /**
   * Credentials go to the server they are for. Those configured without a name belong to the first
   * one they are used with; those of a user's grant were looked up by issuer.
   */
  private void boundTo(ClientIdentity client, String issuer) throws AuthorizationFailure {
    if (!client.belongsTo(issuer)) {
      throw new AuthorizationFailure(
          "The client credentials are for another authorization server than "
              + AuthorizationFailure.quoted(issuer));
    }
    if (client.issuer() != null || grant instanceof Grant.AuthorizationCode) {
      return;
    }
    if (firstIssuer == null) {
      firstIssuer = issuer;
    } else if (!firstIssuer.equals(issuer)) {
      throw new AuthorizationFailure(
          "The server now names another authorization server than the one the client"
              + " credentials were used with: configure credentials for it.");
    }
  }
}
