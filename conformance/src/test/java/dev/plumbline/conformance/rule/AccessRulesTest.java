package dev.plumbline.conformance.rule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is concluded about servers that ask for tokens. */
class AccessRulesTest {
  static final String CHALLENGE =
      "Bearer scope=\"a b\", resource_metadata=\"http://h/.well-known/oauth-protected-resource\"";

  static Recorded asks(String clause) {
    return asks(clause, CHALLENGE);
  }

  /** A server that refused its cheapest request without a token. */
  static Recorded asks(String clause, String challenge) {
    return Recorded.http(clause)
        .fact(AccessScript.TOKEN, "true")
        .fact(AccessScript.ENDPOINT, "/mcp")
        .fact(AccessScript.REFUSED, "cheapest")
        .sent("fresh-cheapest", "server/discover")
        .header("WWW-Authenticate", challenge)
        .status(401, "");
  }

  private static Recorded served(String clause) {
    return asks(clause).sent("full-cheapest", "server/discover").result("{}");
  }

  private static Recorded document(String clause, String json) {
    return asks(clause).bodiless("metadata-path").status(200, json);
  }

  @ParameterizedTest
  @ValueSource(strings = {"AUTH-006", "AUTH-055", "AUTH-506", "AUTH-538", "SECU-514", "SECU-515"})
  void whoAsksNobodyIsNotJudged(String clause) {
    Recorded.http(clause)
        .sent("fresh-cheapest", "server/discover")
        .result("{}")
        .isNotApplicable("no request without a token was answered 401");
  }

  @Test
  void metadataAreThereAndNameTheirResource() {
    document("AUTH-006", "{\"resource\":\"http://h/mcp\"}").passes(1);
    document("AUTH-506", "{\"resource\":\"h\"}")
        .fails("The protected resource metadata do not name their resource by URL.");
    asks("AUTH-506").fails("A server that asks for a token has no protected resource metadata.");
    asks("AUTH-506")
        .fact(AccessScript.ELSEWHERE, "http://other/x")
        .isNotObserved("the metadata are at http://other/x, which is not the server judged");
  }

  @Test
  void someWayLeadsToThem() {
    document("AUTH-012", "{}").passes(1);
    asks("ADIS-504")
        .bodiless("metadata-path")
        .status(404, "")
        .fails("A server that asks for a token has no protected resource metadata.");
    asks("ADIS-504")
        .fact(AccessScript.ELSEWHERE, "http://other/x")
        .isNotObserved("the metadata are at http://other/x, which is not the server judged");
  }

  @Test
  void theChallengeLedToThemOnce() {
    asks("AUTH-101").passes(1);
    asks("AUTH-101", "Bearer scope=\"a\"")
        .fails("The refusal of a request without a token does not name the resource metadata.");
  }

  @Test
  void metadataNameServers() {
    document("AUTH-011", "{\"authorization_servers\":[\"https://as\"]}").passes(1);
    document("ADIS-502", "{\"authorization_servers\":[]}")
        .fails("The protected resource metadata name no authorization server.");
    asks("ADIS-502").isNotObserved("no metadata were found");
  }

  @Test
  void resourcesHaveNoSlashThatTheEndpointHasNot() {
    document("AUTH-046", "{\"resource\":\"http://h/mcp\"}").passes(1);
    document("AUTH-532", "{\"resource\":\"http://h/mcp/\"}")
        .fails("The URL of the resource ends with a slash that the endpoint has not.");
    document("AUTH-532", "{\"resource\":\"http://h/mcp/\"}")
        .fact(AccessScript.ENDPOINT, "/mcp/")
        .passes(1);
  }

  @Test
  void challengesNameTheSameScopes() {
    asks("AUTH-014").passes(1);
    asks("AUTH-512", "Bearer error=\"x\"")
        .fails("The refusal of a request without a token names no scopes.");
    again("AUTH-017", "Bearer scope=\"b a\"").passes(1);
    again("AUTH-516", "Bearer scope=\"a c\"")
        .fails("The same request is asked for other scopes the next time.");
    asks("AUTH-516", "Bearer realm=x").isNotObserved("the challenge names no scopes");
  }

  static Recorded again(String clause, String challenge) {
    return asks(clause)
        .sent("again-1", "server/discover")
        .header("WWW-Authenticate", challenge)
        .status(401, "");
  }

  @Test
  void refreshTokensAreNoneOfTheirBusiness() {
    document("AUTH-548", "{\"scopes_supported\":[\"a\"]}").passes(1);
    document("AUTH-548", "{\"scopes_supported\":[\"offline_access\"]}")
        .fails("offline_access is among the scopes that a server names.");
    asks("AUTH-548", "Bearer scope=\"a offline_access\"")
        .fails("offline_access is among the scopes that a server names.");
  }

  @Test
  void tokensThatNobodyIssuedOpenNothing() {
    served("AUTH-052").sent("bad-own", "server/discover").status(401, "").passes(1);
    served("AUTH-538")
        .sent("bad-expired", "server/discover")
        .result("{}")
        .fails("A token that nobody issued is taken: one that has expired.");
    asks("AUTH-538")
        .sent("bad-own", "server/discover")
        .status(401, "")
        .isNotObserved("the same request is not served with a lawful token");
  }

  @Test
  void everyRequestBringsItsToken() {
    bare("AUTH-536", true).passes(1);
    bare("AUTH-536", false)
        .fails("A request without a token is served behind one that brought it.");
    bare("SECU-514", true).passes(2);
    served("SECU-514")
        .sent("fresh-prompts-list", "prompts/list")
        .result("{}")
        .fails("prompts/list is served without a token.");
    asks("AUTH-536")
        .fact(AccessScript.TOKEN, "false")
        .isNotObserved("no token is configured: use --header 'Authorization: …'");
  }

  private static Recorded bare(String clause, boolean refused) {
    Recorded.Sent sent = served(clause).sent("bare-cheapest", "server/discover");
    return refused ? sent.status(401, "") : sent.result("{}");
  }

  @Test
  void tokensAreNeitherInUrlsNorForOthers() {
    served("AUTH-537").sent("query", "server/discover").status(401, "").passes(1);
    served("AUTH-537")
        .sent("query", "server/discover")
        .result("{}")
        .fails("A token in the query of the URL is taken.");
    served("AUTH-539").sent("AUDIENCE", "server/discover").status(401, "").passes(1);
    served("AUTH-539")
        .sent("AUDIENCE", "server/discover")
        .result("{}")
        .fails("A token that was issued for another server is taken.");
    served("AUTH-539").isNotObserved("no request was sent with credentials.audience");
  }

  private static Recorded denied(String clause, int status, String challenge) {
    return served(clause)
        .sent("full-call", "tools/call")
        .result("{}")
        .sent("narrow-call", "tools/call")
        .header("WWW-Authenticate", challenge)
        .status(status, "");
  }

  private static final String LACKS =
      "Bearer error=\"insufficient_scope\", scope=\"a b\", resource_metadata=\"http://h/x\"";

  @Test
  void tooFewScopesAreSaidToBe() {
    denied("AUTH-550", 403, LACKS).passes(1);
    denied("AUTH-550", 401, LACKS).fails("A token of too few scopes is not answered as one.");
    denied("AUTH-551", 403, LACKS).passes(1);
    denied("AUTH-551", 403, "Bearer error=\"insufficient_scope\"")
        .fails("The refusal of a token of too few scopes does not name those needed.");
    served("AUTH-550").isNotObserved("no request was refused for the scopes of credentials.narrow");
  }

  @Test
  void namedScopesAreEnoughAndBroaderOnesInclude() {
    denied("AUTH-552", 403, LACKS).sent("CHALLENGED", "tools/call").result("{}").passes(1);
    denied("AUTH-552", 403, LACKS)
        .sent("CHALLENGED", "tools/call")
        .status(403, "")
        .fails("The scopes that a challenge named are not enough for its operation.");
    denied("AUTH-558", 403, LACKS)
        .sent("BROAD", "tools/call")
        .status(403, "")
        .fails("A broader scope is not taken for the narrower one.");
    denied("AUTH-558", 403, LACKS).isNotObserved("no request was sent with credentials.broad");
    denied("AUTH-558", 403, LACKS)
        .sent("BROAD", "tools/call")
        .status(401, "")
        .isNotObserved("the request is refused for another reason");
  }

  @Test
  void handlesProveNothingAndBelongToTheirUser() {
    handle("SECU-515", "stolen-task", false).passes(1);
    handle("SECU-515", "stolen-task", true)
        .fails("The task of one user is served to whoever holds it, without a token.");
    handle("SECU-517", "foreign-task", false).passes(1);
    handle("SECU-517", "foreign-task", true)
        .fails("The task of one user is served to another user.");
    served("SECU-517").isNotObserved("the target gave no occasion");
  }

  private static Recorded handle(String clause, String label, boolean taken) {
    Recorded.Sent sent = served(clause).sent(label, "tasks/get");
    Recorded tried = taken ? sent.result("{}") : sent.status(401, "");
    return tried.sent("kept-task", "tasks/get").result("{}");
  }

  @Test
  void readsChallengesAmongOthers() {
    assertThat(BearerChallenge.all("Basic realm=\"a, Bearer b\", Bearer scope=\"x y\", error=e"))
        .singleElement()
        .satisfies(
            challenge -> {
              assertThat(challenge.scopes()).containsExactly("x", "y");
              assertThat(challenge.parameter("error")).hasValue("e");
              assertThat(challenge.parameter("realm")).isEmpty();
            });
    assertThat(BearerChallenge.all("bearer")).hasSize(1);
    assertThat(BearerChallenge.all("DPoP algs=\"ES256\"")).isEmpty();
    assertThat(BearerChallenge.all("Bearer a=\"q\\\"q\"").getFirst().parameter("a"))
        .hasValue("q\"q");
    assertThat(BearerChallenge.all("Bearer resource_metadata=http://h/x?y=z, scope=s"))
        .singleElement()
        .satisfies(c -> assertThat(c.parameter("resource_metadata")).hasValue("http://h/x?y=z"));
  }
}
