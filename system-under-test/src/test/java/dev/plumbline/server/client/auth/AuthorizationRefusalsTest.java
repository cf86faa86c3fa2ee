package dev.plumbline.server.client.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.server.client.auth.LoopbackAuthority.Answer;
import dev.plumbline.server.client.auth.user.HeadlessUserAgent;
import dev.plumbline.server.client.wire.Authorizer;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each test spoils one thing; that the unspoilt flow works is the first test. */
class AuthorizationRefusalsTest {
  private LoopbackAuthority authority;
  private Authorizer authorizer;

  @BeforeEach
  void open() throws IOException {
    authority = new LoopbackAuthority();
    authorizer =
        new OAuthAuthorizer(
            ClientSettings.named("test"), new Grant.AuthorizationCode(new HeadlessUserAgent()));
  }

  @AfterEach
  void close() {
    authority.close();
  }

  private int call() throws IOException, InterruptedException {
    return new Caller(authorizer, authority.endpoint()).call();
  }

  private void refusesWith(String reason) {
    assertThatThrownBy(this::call)
        .isInstanceOf(AuthorizationFailure.class)
        .hasMessageContaining(reason);
  }

  private void refusesBeforeTheTokenEndpoint(String reason) {
    refusesWith(reason);
    assertThat(authority.tokenForms).isEmpty();
  }

  private void refusesBeforeTheUserIsAsked(String reason) {
    refusesBeforeTheTokenEndpoint(reason);
    assertThat(authority.authorizations).isEmpty();
    assertThat(authority.requests).doesNotContain("POST /register");
  }

  @Test
  void isLetInWhenNothingIsSpoilt() throws Exception {
    assertThat(call()).isEqualTo(200);
    assertThat(authority.presented).containsExactly("", "Bearer token-1");
  }

  @Test
  void refusesMetadataOfAnotherIssuer() {
    authority.serverMetadata.put("issuer", "https://honest.example");
    refusesBeforeTheUserIsAsked("another issuer");
  }

  @Test
  void refusesAnIssuerThatDiffersByASlash() {
    authority.serverMetadata.put("issuer", authority.issuer() + "/");
    refusesBeforeTheUserIsAsked("another issuer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://evil.example", "/", ":80"})
  void refusesAResponseOfAnotherIssuer(String iss) {
    String sent = iss.startsWith("https") ? iss : authority.issuer() + iss;
    authority.authorize = q -> Map.of("code", "c", "state", q.get("state"), "iss", sent);
    refusesBeforeTheTokenEndpoint("another issuer");
  }

  @Test
  void refusesAnotherIssuerEvenWhereNoneIsPromised() {
    authority.serverMetadata.remove("authorization_response_iss_parameter_supported");
    authority.authorize =
        q -> Map.of("code", "c", "state", q.get("state"), "iss", "https://evil.example");
    refusesBeforeTheTokenEndpoint("another issuer");
  }

  @Test
  void refusesAResponseWithoutThePromisedIssuer() {
    authority.authorize = q -> Map.of("code", "c", "state", q.get("state"));
    refusesBeforeTheTokenEndpoint("lacks iss");
  }

  @Test
  void goesOnWithoutIssuerWhereNoneIsPromised() throws Exception {
    authority.serverMetadata.remove("authorization_response_iss_parameter_supported");
    authority.authorize = q -> Map.of("code", "c", "state", q.get("state"));
    assertThat(call()).isEqualTo(200);
  }

  @Test
  void doesNotRepeatTheErrorOfAnotherIssuer() {
    authority.authorize =
        q ->
            Map.of(
                "error",
                "call-this-number",
                "state",
                q.get("state"),
                "iss",
                "https://evil.example");
    assertThatThrownBy(this::call).hasMessageNotContaining("call-this-number");
    assertThat(authority.tokenForms).isEmpty();
  }

  @Test
  void refusesAResponseToAnotherRequest() {
    authority.authorize = q -> Map.of("code", "c", "state", "guessed", "iss", authority.issuer());
    refusesBeforeTheTokenEndpoint("state differs");
  }

  @Test
  void refusesAResponseWithoutState() {
    authority.authorize = q -> Map.of("code", "c", "iss", authority.issuer());
    refusesBeforeTheTokenEndpoint("state differs");
  }

  @Test
  void refusesMetadataOfAForeignResource() {
    authority.resourceMetadata.put("resource", "https://evil.example/mcp");
    refusesBeforeTheUserIsAsked("another resource");
  }

  @Test
  void refusesMetadataOfANeighbourOnTheSameServer() {
    authority.resourceMetadata.put("resource", authority.issuer() + "/mc");
    refusesBeforeTheUserIsAsked("another resource");
  }

  @Test
  void takesMetadataOfTheWholeServer() throws Exception {
    authority.resourceMetadata.put("resource", authority.issuer());
    assertThat(call()).isEqualTo(200);
    assertThat(authority.tokenForms.getFirst()).containsEntry("resource", authority.issuer());
  }

  @ParameterizedTest
  @ValueSource(strings = {"token_endpoint", "authorization_endpoint", "registration_endpoint"})
  void refusesAnEndpointWithoutTls(String name) {
    authority.serverMetadata.put(name, "http://auth.example/" + name);
    refusesBeforeTheUserIsAsked("neither https nor loopback");
  }

  @Test
  void refusesAnIssuerWithoutTls() {
    authority.resourceMetadata.put("authorization_servers", List.of("http://auth.example"));
    refusesBeforeTheUserIsAsked("neither https nor loopback");
  }

  @Test
  void letsNoRemoteServerSendItToThisMachine() {
    URI remote = URI.create("https://mcp.example/mcp");
    Authorizer.Challenge challenge =
        new Authorizer.Challenge(
            "POST",
            remote,
            401,
            Map.of(
                "www-authenticate",
                List.of("Bearer resource_metadata=\"" + authority.issuer() + "/prm\"")),
            "");
    assertThatThrownBy(() -> authorizer.challenged(challenge))
        .hasMessageContaining("loopback interface");
    assertThat(authority.requests).isEmpty();
  }

  @Test
  void refusesMetadataWithoutEnd() {
    authority.resourceMetadata.put("padding", "x".repeat(AuthHttp.MAX_BODY_BYTES));
    refusesBeforeTheUserIsAsked("more than");
  }

  @Test
  void refusesAServerWithoutPkce() {
    authority.serverMetadata.remove("code_challenge_methods_supported");
    refusesBeforeTheUserIsAsked("PKCE");
  }

  @Test
  void refusesAServerWithPlainPkceOnly() {
    authority.serverMetadata.put("code_challenge_methods_supported", List.of("plain"));
    refusesBeforeTheUserIsAsked("PKCE");
  }

  @Test
  void givesUpWhenMoreScopeIsNeverEnough() {
    authority.endpoint =
        field ->
            field.isEmpty()
                ? authority.demand(401, ", scope=\"admin\"")
                : authority.demand(403, ", error=\"insufficient_scope\", scope=\"admin\"");
    refusesWith("still finds the scope insufficient");
    assertThat(authority.authorizations).hasSize(2);
    refusesWith("still finds the scope insufficient");
    assertThat(authority.authorizations).hasSize(2);
  }

  @Test
  void givesUpWhenEveryStepDemandsAnotherScope() {
    int[] step = {0};
    authority.endpoint =
        field ->
            field.isEmpty()
                ? authority.demand(401, ", scope=\"s0\"")
                : authority.demand(
                    403, ", error=\"insufficient_scope\", scope=\"s" + ++step[0] + "\"");
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < EndpointState.MAX_STEP_UPS; i++) {
                assertThat(call()).isEqualTo(403);
              }
            })
        .isInstanceOf(AuthorizationFailure.class);
    assertThat(authority.authorizations).hasSize(1 + EndpointState.MAX_STEP_UPS);
  }

  @Test
  void givesUpWhenNoTokenIsEverTaken() {
    authority.endpoint = field -> authority.demand(401, "");
    refusesWith("refuses every token");
    assertThat(authority.issuedTokens()).isEqualTo(1 + EndpointState.MAX_REFUSED_FRESH);
  }

  @Test
  void leavesOtherRefusalsToTheCaller() throws Exception {
    authority.endpoint = field -> new Answer(403, Map.of(), "");
    assertThat(call()).isEqualTo(403);
    assertThat(authority.requests).isEmpty();
  }

  @Test
  void doesNotFollowMetadataElsewhere() {
    authority.endpoint =
        field ->
            new Answer(
                401,
                Map.of(
                    "WWW-Authenticate",
                    "Bearer resource_metadata=\""
                        + authority.issuer()
                        + "/authorize?redirect_uri="
                        + authority.issuer()
                        + "/prm&state=s\""),
                "");
    refusesWith("no metadata where the challenge said");
    assertThat(authority.requests).containsExactly("GET /authorize");
  }

  @Test
  void putsNoTokenIntoAHeaderThatWouldEndIt() {
    authority.token =
        form -> Answer.json(Map.of("access_token", "a\r\nX-Evil: 1", "token_type", "Bearer"));
    refusesWith("header field");
    assertThat(authority.presented).containsExactly("");
  }

  @Test
  void takesNoPlainTokenWhereABoundOneIsDemanded() {
    authority.endpoint =
        field ->
            new Answer(
                401,
                Map.of(
                    "WWW-Authenticate",
                    "DPoP resource_metadata=\"" + authority.issuer() + "/prm\""),
                "");
    refusesWith("bound to our key");
  }

  @Test
  void showsPreRegisteredCredentialsToTheirServerOnly() {
    authorizer =
        new OAuthAuthorizer(
            ClientSettings.named("test")
                .withPreRegistered(
                    ClientIdentity.withSecret("id", "s3cret").boundTo("https://auth.example")),
            new Grant.AuthorizationCode(new HeadlessUserAgent()));
    refusesBeforeTheUserIsAsked("another authorization server");
  }
}
