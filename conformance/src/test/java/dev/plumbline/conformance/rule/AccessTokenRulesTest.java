package dev.plumbline.conformance.rule;

import static dev.plumbline.conformance.rule.AccessRulesTest.again;
import static dev.plumbline.conformance.rule.AccessRulesTest.asks;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a token that is no good is refused, and what the refusal tells. */
class AccessTokenRulesTest {
  @Test
  void theyAreAnsweredWith401AndAChallenge() {
    asks("AUTH-055").sent("bad-own", "server/discover").status(401, "").passes(1);
    asks("AUTH-541")
        .sent("bad-own", "server/discover")
        .status(403, "")
        .fails("A token that is no good is answered with status 403 instead of 401.");
    asks("AUTH-541")
        .sent("bad-own", "server/discover")
        .result("{}")
        .isNotObserved("the target gave no occasion");
    again("AUTH-054", AccessRulesTest.CHALLENGE).isNotObserved("the target gave no occasion");
    asks("AUTH-054")
        .sent("bad-own", "server/discover")
        .header("WWW-Authenticate", "Bearer error=\"invalid_token\"")
        .status(401, "")
        .passes(1);
    asks("AUTH-540")
        .sent("bad-own", "server/discover")
        .header("WWW-Authenticate", "Basic realm=\"Bearer\"")
        .status(401, "")
        .fails("The refusal of a token carries no Bearer challenge.");
  }

  @ParameterizedTest
  @CsvSource({"400, true", "401, true", "500, false", "200, false"})
  void aFieldWithoutATokenIsMalformed(int status, boolean right) {
    Recorded recorded = asks("AUTH-059").sent("malformed", "server/discover").status(status, "");
    if (right) {
      recorded.passes(1);
    } else {
      recorded.fails(
          "Authorization with the scheme Bearer and no token is answered with status "
              + status
              + ".");
    }
    asks("AUTH-549")
        .sent("malformed", "server/discover")
        .status(403, "")
        .isNotObserved("a field without a token is answered 403");
  }

  @Test
  void refusalsTellNothing() {
    leak("AUTH-093", "no").passes(1);
    leak("ASEC-528", "but: the text of the tool, as it is")
        .fails("The refusal of a token tells what the request would have given.");
    asks("ASEC-528").isNotObserved("the target gave no occasion");
  }

  @Test
  void onlyRefusalsOfWhatIsServedLawfullyTellAnything() {
    leak("ASEC-528", 401, "the text of the tool", 403, "the text of the tool")
        .isNotObserved("the target gave no occasion");
    leak("ASEC-528", 403, "the text of the tool", 401, "the text of the tool")
        .isNotObserved("the target gave no occasion");
    leak("ASEC-528", 401, "no", 401, "no").passes(1);
    leak("ASEC-528", 401, "the text of the tool", 401, "the text of the tool")
        .fact(AccessScript.TOKEN, "false")
        .isNotObserved("no token is configured: use --header 'Authorization: …'");
  }

  private static Recorded leak(String clause, String body) {
    return leak(clause, 401, "the text of the tool", 401, body);
  }

  private static Recorded leak(String clause, int fresh, String text, int status, String body) {
    return asks(clause)
        .sent("fresh-call", "tools/call")
        .status(fresh, "")
        .sent("full-call", "tools/call")
        .result("{\"content\":[{\"type\":\"text\",\"text\":\"" + text + "\"}]}")
        .sent("leak-call", "tools/call")
        .status(status, body);
  }

  @Test
  void aGatewayThatIsBusyShowsNothing() {
    asks("AUTH-541")
        .sent("bad-own", "server/discover")
        .status(503, "")
        .isNotObserved("the target gave no occasion");
    asks("AUTH-059")
        .sent("malformed", "server/discover")
        .status(503, "")
        .isNotObserved("malformed was answered with status 503");
    asks("AUTH-059")
        .sent("malformed", "server/discover")
        .closed()
        .isNotObserved("the connection was closed before malformed was answered");
  }

  @Test
  void aChallengeSaysMoreThanItsScheme() {
    asks("AUTH-540")
        .sent("bad-own", "server/discover")
        .header("WWW-Authenticate", "Bearer")
        .status(401, "")
        .fails("The refusal of a token carries no Bearer challenge.");
    asks("AUTH-540")
        .sent("bad-own", "server/discover")
        .status(403, "")
        .isNotObserved("the target gave no occasion");
  }
}
