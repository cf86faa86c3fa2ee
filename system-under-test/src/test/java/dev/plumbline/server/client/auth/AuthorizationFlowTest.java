package dev.plumbline.server.client.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.server.client.auth.LoopbackAuthority.Answer;
import dev.plumbline.server.client.auth.jose.SigningKey;
import dev.plumbline.server.client.auth.user.HeadlessUserAgent;
import dev.plumbline.server.client.wire.Authorizer;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AuthorizationFlowTest {
  private Instant now = Instant.parse("2026-07-28T12:00:00Z");
  private LoopbackAuthority authority;

  @BeforeEach
  void open() throws IOException {
    authority = new LoopbackAuthority();
  }

  @AfterEach
  void close() {
    authority.close();
  }

  private Authorizer authorizer(Grant grant) {
    return new OAuthAuthorizer(ClientSettings.named("test"), grant, () -> now);
  }

  private Authorizer withUser() {
    return authorizer(new Grant.AuthorizationCode(new HeadlessUserAgent()));
  }

  private Caller caller(Authorizer authorizer) {
    return new Caller(authorizer, authority.endpoint());
  }

  private void issueShortLivedTokens() {
    authority.token =
        form -> {
          Map<String, Object> response = authority.tokenResponse();
          response.put("expires_in", 60);
          response.put("refresh_token", "refresh-" + authority.issuedTokens());
          return Answer.json(response);
        };
  }

  private List<String> grantTypes() {
    return authority.tokenForms.stream().map(form -> form.get("grant_type")).toList();
  }

  @Test
  void provesWithTheVerifierThatTheCodeIsItsOwn() throws Exception {
    caller(withUser()).call();
    Map<String, String> request = authority.authorizations.getFirst();
    Map<String, String> form = authority.tokenForms.getFirst();
    String verifier = form.getOrDefault("code_verifier", "");
    assertThat(request).containsEntry("code_challenge_method", "S256");
    assertThat(request.get("code_challenge")).isEqualTo(Secrets.sha256(verifier));
    assertThat(verifier).hasSizeBetween(43, 128);
    assertThat(form).containsEntry("redirect_uri", request.get("redirect_uri"));
    assertThat(List.of(request.get("resource"), form.get("resource")))
        .containsOnly(authority.endpoint().toString());
  }

  @Test
  void asksForNoScopeWhereNoneIsNamed() throws Exception {
    caller(withUser()).call();
    assertThat(authority.authorizations.getFirst()).doesNotContainKey("scope");
  }

  @Test
  void prefersTheScopeOfTheChallenge() throws Exception {
    authority.resourceMetadata.put("scopes_supported", List.of("everything"));
    authority.endpoint =
        field -> field.isEmpty() ? authority.demand(401, ", scope=\"a b\"") : Answer.json(Map.of());
    caller(withUser()).call();
    assertThat(authority.authorizations.getFirst()).containsEntry("scope", "a b");
  }

  @Test
  void keepsEarlierScopesWhenMoreAreDemanded() throws Exception {
    authority.endpoint =
        field ->
            switch (field) {
              case "" -> authority.demand(401, ", scope=\"read\"");
              case "Bearer token-1" ->
                  authority.demand(403, ", error=\"insufficient_scope\", scope=\"write\"");
              default -> Answer.json(Map.of());
            };
    assertThat(caller(withUser()).call()).isEqualTo(200);
    assertThat(authority.authorizations.getLast()).containsEntry("scope", "read write");
  }

  @Test
  void asksForOfflineAccessOnlyWhereTheServerKnowsIt() throws Exception {
    authority.resourceMetadata.put("scopes_supported", List.of("read"));
    caller(withUser()).call();
    authority.serverMetadata.put("scopes_supported", List.of("read", "offline_access"));
    caller(withUser()).call();
    assertThat(authority.authorizations)
        .extracting(query -> query.get("scope"))
        .containsExactly("read", "read offline_access");
  }

  @Test
  void refreshesATokenThatIsAboutToEnd() throws Exception {
    issueShortLivedTokens();
    Caller caller = caller(withUser());
    caller.call();
    now = now.plus(Duration.ofSeconds(55));
    assertThat(caller.call()).isEqualTo(200);
    assertThat(grantTypes()).containsExactly("authorization_code", "refresh_token");
    assertThat(authority.tokenForms.getLast())
        .containsEntry("refresh_token", "refresh-1")
        .containsEntry("resource", authority.endpoint().toString());
    assertThat(authority.presented.getLast()).isEqualTo("Bearer token-2");
  }

  @Test
  void asksTheUserAgainWhenTheRefreshTokenIsGone() throws Exception {
    issueShortLivedTokens();
    Caller caller = caller(withUser());
    caller.call();
    now = now.plus(Duration.ofSeconds(55));
    var issuing = authority.token;
    authority.token =
        form ->
            "refresh_token".equals(form.get("grant_type"))
                ? Answer.error("invalid_grant")
                : issuing.apply(form);
    assertThat(caller.call()).isEqualTo(200);
    assertThat(authority.authorizations).hasSize(2);
  }

  @Test
  void authorizesOnceForManyRequestsAtOnce() throws Exception {
    Authorizer authorizer = withUser();
    CountDownLatch all = new CountDownLatch(8);
    authority.endpoint =
        field -> {
          if (field.isEmpty()) {
            // Each has its refusal before any of them is authorized.
            all.countDown();
            awaitUninterrupted(all);
            return authority.demand(401, "");
          }
          return Answer.json(Map.of());
        };
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> calls = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        calls.add(threads.submit(() -> caller(authorizer).call()));
      }
      for (Future<Integer> call : calls) {
        assertThat(call.get()).isEqualTo(200);
      }
    }
    assertThat(authority.authorizations).hasSize(1);
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void registersAgainAtAnotherAuthorizationServer() throws Exception {
    try (LoopbackAuthority next = new LoopbackAuthority()) {
      Caller caller = caller(withUser());
      caller.call();
      authority.resourceMetadata.put("authorization_servers", List.of(next.issuer()));
      authority.endpoint =
          field ->
              field.equals("Bearer token-1") && next.issuedTokens() == 0
                  ? authority.demand(401, "")
                  : Answer.json(Map.of());
      assertThat(caller.call()).isEqualTo(200);
      assertThat(next.requests).contains("POST /register");
      assertThat(authority.authorizations).hasSize(1);
    }
  }

  @Test
  void takesItsOwnCredentialsToNoSecondServer() throws Exception {
    authority.serverMetadata.put(
        "token_endpoint_auth_methods_supported", List.of("client_secret_post"));
    Authorizer authorizer =
        authorizer(new Grant.ClientCredentials(ClientIdentity.withSecret("id", "s3cret")));
    Caller caller = caller(authorizer);
    assertThat(caller.call()).isEqualTo(200);
    assertThat(authority.tokenForms.getFirst()).containsEntry("client_secret", "s3cret");
    try (LoopbackAuthority other = new LoopbackAuthority()) {
      authority.resourceMetadata.put("authorization_servers", List.of(other.issuer()));
      authority.endpoint = field -> authority.demand(401, "");
      assertThatThrownBy(caller::call).hasMessageContaining("another authorization server");
      assertThat(other.tokenForms).isEmpty();
    }
  }

  @Test
  void sendsAWorkloadTokenOnceAndDoesNotInsist() {
    authority.token = form -> Answer.error("invalid_grant");
    Grant grant =
        new Grant.WorkloadIdentity(ClientIdentity.publicClient("workload"), () -> "j.w.t");
    assertThatThrownBy(() -> caller(authorizer(grant)).call())
        .isInstanceOf(AuthorizationFailure.class)
        .hasMessageContaining("invalid_grant");
    assertThat(authority.tokenForms).hasSize(1);
    assertThat(authority.tokenForms.getFirst())
        .containsEntry("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer")
        .containsEntry("assertion", "j.w.t");
  }

  @Test
  void showsNoSecretInText() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    byte[] der = generator.generateKeyPair().getPrivate().getEncoded();
    String pem =
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(der)
            + "\n-----END PRIVATE KEY-----";
    SigningKey key = SigningKey.fromPem(pem, SigningKey.Algorithm.ES256);
    assertThat(ClientIdentity.withSecret("id", "s3cret").toString()).doesNotContain("s3cret");
    assertThat(ClientIdentity.withKey("id", key) + " " + key).doesNotContain("SunEC", "PRIVATE");
    AccessToken token =
        new AccessToken("t0ken", false, Optional.empty(), Optional.of("r3fresh"), Scopes.NONE);
    assertThat(token.toString()).doesNotContain("t0ken", "r3fresh");
    assertThat(new AuthHttp.Answer(200, noHeaders(), "t0ken").toString()).doesNotContain("t0ken");
  }

  private static HttpHeaders noHeaders() {
    return HttpHeaders.of(Map.of(), (name, value) -> true);
  }
}
