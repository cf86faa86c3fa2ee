package dev.plumbline.conformance.rule;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is concluded about the root of servers of 2025-03-26 that ask for tokens. */
class AuthorizationBaseTest {
  private static final String WHOLE =
      "{\"issuer\":\"https://as\",\"authorization_endpoint\":\"https://as/a\","
          + "\"token_endpoint\":\"https://as/t\",\"response_types_supported\":[\"code\"]}";

  private static Recorded asks(String clause, String challenge) {
    return Recorded.http(clause)
        .fact(AccessScript.REFUSED, "cheapest")
        .sent("fresh-cheapest", "ping")
        .header("WWW-Authenticate", challenge)
        .status(401, "");
  }

  /** A server whose root answers so. */
  private static Recorded root(String clause, int status, String body) {
    return asks(clause, "Bearer").bodiless(AuthorizationBase.ROOT).status(status, body);
  }

  /** A server that has its metadata elsewhere. */
  private static Recorded below(String clause, int root) {
    return root(clause, root, "").bodiless(AuthorizationBase.BELOW + "inserted").status(200, WHOLE);
  }

  private static Recorded answers(Recorded before, String label, int status, int nowhere) {
    return before
        .bodiless(label)
        .status(status, "")
        .bodiless(AuthorizationBase.NOWHERE)
        .status(nowhere, "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"AUTH-106", "AUTH-107", "AUTH-114", "AUTH-117"})
  void onlyWhoAsksForTokensOfThatKindIsJudged(String clause) {
    Recorded.http(clause)
        .sent("fresh-cheapest", "ping")
        .result("{}")
        .isNotApplicable("no request without a token was answered 401");
    asks(clause, "Basic realm=x")
        .bodiless(AuthorizationBase.ROOT)
        .status(404, "")
        .isNotObserved("the refusal of a request without a token asks for no Bearer token");
  }

  @Test
  void metadataArePublishedWhole() {
    root("AUTH-106", 200, WHOLE).passes(1);
    below("AUTH-106", 404).passes(1);
    root("AUTH-106", 200, WHOLE.replace("issuer", "other"))
        .fails("The metadata of the authorization server lack issuer.");
    root("AUTH-106", 200, "{\"issuer\":\"https://as\"}")
        .fails(
            "The metadata of the authorization server lack response_types_supported,"
                + " authorization_endpoint, token_endpoint.");
  }

  @ParameterizedTest
  @CsvSource({"client_credentials, authorization_endpoint", "implicit, token_endpoint"})
  void noEndpointIsMissedThatNoGrantUses(String grant, String endpoint) {
    String document =
        WHOLE
            .replace("\"" + endpoint + "\"", "\"other\"")
            .replace("{", "{\"grant_types_supported\":[\"" + grant + "\"],");
    root("AUTH-106", 200, document).passes(1);
  }

  @ParameterizedTest
  @CsvSource({"404, ''", "405, ''", "200, <html>", "200, '{\"error\":\"no route\"}'"})
  void whoPublishesNothingIsTold(int status, String body) {
    root("AUTH-106", status, body)
        .fails("A server that asks for a token has no metadata of its authorization server.");
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 401, 429, 500, 503})
  void whatIsHiddenOrElsewhereIsNotJudged(int status) {
    String told = "the metadata of the authorization server met status " + status + " with no body";
    root("AUTH-106", status, "").isNotObserved(told);
    root("AUTH-107", status, "").isNotObserved(told);
    root("AUTH-117", status, "").isNotObserved(told);
    below("AUTH-114", status).isNotObserved(told);
  }

  @Test
  void theTokenEndpointIsFoundEitherWay() {
    root("AUTH-107", 200, WHOLE).passes(1);
    answers(root("AUTH-107", 404, ""), AuthorizationBase.TOKEN, 400, 404).passes(1);
    answers(root("AUTH-107", 404, ""), AuthorizationBase.TOKEN, 404, 404)
        .fails("Neither metadata nor the default address lead to a token endpoint.");
    below("AUTH-107", 404)
        .isNotObserved("the metadata of the authorization server are below a path");
  }

  @ParameterizedTest
  @CsvSource({"400, 400", "401, 404", "405, 404", "503, 404"})
  void whatAnswersEverywhereShowsNothing(int token, int nowhere) {
    answers(root("AUTH-107", 404, ""), AuthorizationBase.TOKEN, token, nowhere)
        .isNotObserved("default-token met status " + token + " with no body");
  }

  @Test
  void metadataStandAtTheRoot() {
    root("AUTH-114", 200, WHOLE).passes(1);
    below("AUTH-114", 404).fails("The metadata of the authorization server lie below a path.");
    root("AUTH-114", 404, "").isNotObserved("no metadata of the authorization server were found");
  }

  @Test
  void clientsCanRegister() {
    String named = WHOLE.replace("{", "{\"registration_endpoint\":\"https://as/r\",");
    String register = AuthorizationBase.REGISTRATION;
    root("AUTH-117", 200, named).passes(1);
    answers(root("AUTH-117", 200, named), register, 400, 404).passes(1);
    answers(root("AUTH-117", 200, named), register, 404, 404)
        .fails("The registration endpoint that the metadata name is not there.");
    answers(root("AUTH-117", 200, WHOLE), register, 404, 404)
        .fails("A server that asks for a token offers no registration of clients.");
    answers(root("AUTH-117", 404, ""), register, 400, 404).passes(1);
    answers(root("AUTH-117", 404, ""), register, 404, 404)
        .fails("A server that asks for a token offers no registration of clients.");
    answers(root("AUTH-117", 200, WHOLE), register, 401, 404)
        .isNotObserved("registration met status 401 with no body");
  }
}
