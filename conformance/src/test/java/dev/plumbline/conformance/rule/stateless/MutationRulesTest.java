package dev.plumbline.conformance.rule.stateless;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.conformance.rule.Recorded;
import dev.plumbline.evidence.model.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests with one mutation: refused or served as their pages say. */
class MutationRulesTest {
  private static Recorded lawful(String clause, String label) {
    return Recorded.http(clause).sent(label, "x/y").result("{}");
  }

  @ParameterizedTest
  @CsvSource({
    "LOGG-505, call-lawful, log-loud, 200, -32602, A call with an unknown log level",
    "PROM-502, get-lawful, get-unknown, 200, -32602, Getting an unknown prompt",
    "PROM-510, get-lawful, get-missing, 200, -32602, Getting a prompt without its argument",
    "TRAN-571, call-lawful, name-upper-marks, 400, -32020, A name in Base64 marks of upper case"
  })
  void aMutationIsRefused(
      String clause, String lawful, String label, int status, int code, String what) {
    lawful(clause, lawful).sent(label, "x/y").error(status, code).passes(1);
    lawful(clause, lawful)
        .sent(label, "x/y")
        .result("{}")
        .fails(what + " is not refused as the page asks.");
    lawful(clause, lawful)
        .sent(label, "x/y")
        .error(200, -32000)
        .fails(what + " is not refused as the page asks.");
    assertThat(lawful(clause, lawful).sent(label, "x/y").late().judged())
        .isInstanceOf(Verdict.NotObserved.class);
    assertThat(
            Recorded.http(clause)
                .sent(lawful, "x/y")
                .error(status, code)
                .sent(label, "x/y")
                .error(status, code)
                .judged())
        .isInstanceOf(Verdict.NotObserved.class);
  }

  /** The pages ask for a check, and give a refusal no code. */
  @ParameterizedTest
  @CsvSource({
    "BASE-511, lawful, id-fraction, A request whose id is a fraction",
    "BASE-512, lawful, id-null, A request whose id is null",
    "TRAN-539, lawful, batch, A body that is an array",
    "TOOL-515, call-lawful, call-other-case, A call of a tool in other case",
    "PROM-511, get-lawful, get-object, Getting a prompt with an object as argument",
    "COMP-505, complete-lawful, complete-number, Completing a number",
    "RES-513, read-lawful, read-odd, Reading what is no URI"
  })
  void whatIsCheckedMayBeRefusedWithAnyError(
      String clause, String lawful, String label, String what) {
    lawful(clause, lawful).sent(label, "x/y").error(200, -32602).passes(1);
    lawful(clause, lawful).sent(label, "x/y").error(200, -32603).passes(1);
    lawful(clause, lawful).sent(label, "x/y").status(415, "not JSON-RPC").passes(1);
    lawful(clause, lawful).sent(label, "x/y").result("{\"isError\":true}").passes(1);
    lawful(clause, lawful)
        .sent(label, "x/y")
        .result("{}")
        .fails(what + " is not refused as the page asks.");
    assertThat(lawful(clause, lawful).sent(label, "x/y").late().judged())
        .isInstanceOf(Verdict.NotObserved.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TRAN-589", "TRAN-591"})
  void eachHeaderIsCompared(String clause) {
    lawful(clause, "lawful")
        .sent("header-version", "x/y")
        .error(400, -32020)
        .sent("header-method", "x/y")
        .error(400, -32020)
        .sent("header-name", "x/y")
        .result("{}")
        .fails("A request whose header contradicts its body is not refused as the page asks.");
  }

  @Test
  void completionsRefuseWhatTheyDoNotKnow() {
    lawful("COMP-503", "complete-lawful")
        .sent("complete-unknown", "x/y")
        .error(-32602)
        .sent("complete-bare", "x/y")
        .error(-32602)
        .passes(2);
    lawful("COMP-503", "complete-lawful")
        .sent("complete-unknown", "x/y")
        .result("{}")
        .sent("complete-bare", "x/y")
        .error(-32602)
        .fails("Completing without prompt or argument is not refused as the page asks.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TRAN-509", "TRAN-573"})
  void namesInMarksAreDecoded(String clause) {
    lawful(clause, "call-lawful")
        .sent("name-encoded", "x/y")
        .result("{}")
        .sent("name-encoded-other", "x/y")
        .error(400, -32020)
        .passes(2);
    lawful(clause, "call-lawful")
        .sent("name-encoded", "x/y")
        .error(400, -32020)
        .sent("name-encoded-other", "x/y")
        .error(400, -32020)
        .fails("A call whose Mcp-Name is in Base64 marks is not served.");
  }

  @Test
  void unknownKeysAreIgnored() {
    lawful("BASE-544", "lawful").sent("meta-unknown", "x/y").result("{}").passes(1);
    lawful("BASE-544", "lawful")
        .sent("meta-unknown", "x/y")
        .error(-32602)
        .fails("A request with an unknown key in _meta is not served.");
  }

  @ParameterizedTest
  @CsvSource({
    "BASE-506, -first, -fresh, on a fresh connection",
    "TOOL-510, -first, -fresh, on a fresh connection",
    "BASE-530, -page, -page-fresh, on a fresh connection",
    "BASE-528, -page, -page-fresh, on a fresh connection",
    "PAGE-504, -page, -page-fresh, on a fresh connection",
    "BASE-527, -first, -other-client, to a client of another name",
    "BASE-554, -first, -other-client, to a client of another name"
  })
  void listsStayTheSame(String clause, String one, String other, String how) {
    String ab = "{\"tools\":[{\"name\":\"a\"},{\"name\":\"b\"}]}";
    String ba = "{\"tools\":[{\"name\":\"b\"},{\"name\":\"a\"}]}";
    lawful(clause, "lawful")
        .sent("tools" + one, "tools/list")
        .result(ab)
        .sent("tools" + other, "tools/list")
        .result(ba)
        .passes(1);
    lawful(clause, "lawful")
        .sent("tools" + one, "tools/list")
        .result(ab)
        .sent("tools" + other, "tools/list")
        .result("{\"tools\":[]}")
        .fails("The list of tools is another one " + how + ".");
  }

  @Test
  void errorsNameTheirRequest() {
    lawful("BASE-518", "lawful")
        .sent("error-text", "x/y", "{}", "\"A\"")
        .error(404, -32601)
        .sent("error-integer", "x/y", "{}", "5")
        .message(404, "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32601}}")
        .fails("An error does not carry the id of the request it answers.");
  }

  @Test
  void notificationsGetNoAnswer() {
    lawful("BASE-525", "lawful")
        .notified("notified", "notifications/cancelled")
        .status(202, "")
        .sent("after-notified", "x/y")
        .result("{}")
        .passes(2);
    lawful("BASE-525", "lawful")
        .notified("notified", "notifications/cancelled")
        .message(200, "{\"jsonrpc\":\"2.0\",\"id\":null,\"result\":{}}")
        .sent("after-notified", "x/y")
        .result("{}")
        .fails("A notification is answered by a JSON-RPC response.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TOOL-528", "BASE-533", "BASE-535"})
  void argumentsAreChecked(String clause) {
    lawful(clause, "required-lawful")
        .sent("required-missing", "tools/call")
        .result("{\"isError\":true}")
        .passes(1);
    lawful(clause, "required-lawful")
        .sent("required-missing", "tools/call")
        .result("{}")
        .fails("A tool is run without an argument that its inputSchema requires.");
  }

  @Test
  void onlyTheFormOfTheVersionHeaderIsAnothersBusiness() {
    lawful("TRAN-589", "lawful")
        .sent("header-version", "x/y")
        .status(400, "unknown version")
        .sent("header-method", "x/y")
        .error(400, -32020)
        .sent("header-name", "x/y")
        .error(400, -32020)
        .passes(3);
    lawful("TRAN-591", "lawful")
        .sent("header-version", "x/y")
        .status(400, "unknown version")
        .sent("header-method", "x/y")
        .error(400, -32020)
        .sent("header-name", "x/y")
        .error(400, -32020)
        .passes(2);
  }

  @Test
  void aServerOfBothErasMayReadOldHeaders() {
    Recorded.http("TRAN-599")
        .sent("lawful", "server/discover")
        .result("{\"supportedVersions\":[\"2026-07-28\",\"2025-11-25\"]}")
        .sent("old-headers", "x/y")
        .error(400, -32600)
        .isNotApplicable("the server speaks earlier revisions, too");
  }

  @Test
  void oldHeadersAreIgnored() {
    lawful("TRAN-599", "lawful").sent("old-headers", "x/y").result("{}").passes(1);
    lawful("TRAN-599", "lawful")
        .sent("old-headers", "x/y")
        .error(404, -32001)
        .fails("Headers of earlier revisions are not ignored.");
  }
}
