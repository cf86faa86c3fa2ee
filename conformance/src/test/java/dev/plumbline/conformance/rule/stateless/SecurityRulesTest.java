package dev.plumbline.conformance.rule.stateless;

import dev.plumbline.conformance.rule.Recorded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What arguments and addresses may do, what log messages may say, and what stdio shows. */
class SecurityRulesTest {
  private static Recorded http(String clause) {
    return Recorded.http(clause).sent("lawful", "server/discover").result("{}");
  }

  private static Recorded stdio(String clause) {
    return Recorded.stdio(clause).sent("lawful", "server/discover").result("{}");
  }

  private static Recorded got(String text) {
    return http("PROM-514")
        .sent("get-lawful", "prompts/get")
        .result("{}")
        .sent("get-injected", "prompts/get")
        .result("{\"text\":\"" + text + "\"}");
  }

  @Test
  void argumentsOfPromptsAreText() {
    got("${1789*2477}").passes(1);
    got("4431353").fails("prompts/get evaluates an expression in an argument.");
    got("root:x:0:0:root:/root:/bin/sh").fails("prompts/get gives a file of the system away.");
    http("PROM-514").isNotApplicable("no prompt has a required argument");
  }

  private static Recorded read(String open) {
    return http("RES-517")
        .sent("read-lawful", "resources/read")
        .result("{}")
        .sent("read-open", "resources/read")
        .result("{\"text\":\"" + open + "\"}")
        .sent("read-escaped", "resources/read")
        .result("{\"text\":\"root:x:0:0:root:/root:/bin/sh\"}");
  }

  @Test
  void addressesStayInTheirFolder() {
    read("no").fails("resources/read leaves its folder by the path of a URI.");
    read("root:x:0:0:root:/root:/bin/sh")
        .isNotObserved("the server offers the files of the whole system");
    http("RES-517").isNotApplicable("no resource and no template has a path");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "boom\\n\\tat a.b.C.d(C.java:1)",
        "Traceback (most recent call last)",
        "-----BEGIN RSA PRIVATE KEY-----",
        "Authorization: Bearer abcdefghijklmnopqrstuvwxyz"
      })
  void logMessagesHoldNoSecrets(String data) {
    logged("all is well, at 10:15 (as ever)").passes(1);
    String verdict = logged(data).judged().toString();
    org.assertj.core.api.Assertions.assertThat(verdict).contains("Fail").contains(" holds a ");
  }

  private static Recorded logged(String data) {
    return stdio("LOGG-507")
        .sent("call", "tools/call", "{}", "9")
        .lines(
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{\"data\":\""
                + data
                + "\"}}");
  }

  @Test
  void aMessageIsOneLine() {
    stdio("TRAN-516")
        .sent("x", "x/y")
        .lines("{\"jsonrpc\":\"2.0\",", "\"method\":\"x\"}")
        .fails("A message stretches over several lines.");
    stdio("TRAN-516").sent("x", "x/y").result("{}").passes(2);
  }

  @Test
  void nobodySendsTokensOverStdio() {
    stdio("BASE-532")
        .sent("x", "tools/list", "{}", "9")
        .lines("{\"jsonrpc\":\"2.0\",\"id\":9,\"error\":{\"code\":1,\"message\":\"Bearer\"}}")
        .fails("The answer to tools/list is refused for want of a token.");
  }

  @Test
  void declaredPromptsAreThere() {
    Recorded.http("PROM-513")
        .sent("lawful", "server/discover")
        .result("{\"capabilities\":{\"prompts\":{}}}")
        .sent("get", "prompts/get")
        .error(404, -32601)
        .fails("The answer to prompts/get says there are no prompts, which are declared.");
    http("PROM-513")
        .sent("prompts-undeclared", "prompts/list")
        .result("{\"prompts\":[{}]}")
        .fails("The answer to prompts/list has prompts, which are not declared.");
  }
}
