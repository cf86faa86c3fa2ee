package dev.plumbline.conformance.rule.stateless;

import dev.plumbline.conformance.rule.Recorded;
import org.junit.jupiter.api.Test;

/** Tools, resources, prompts and pagination of the stateless era. */
class FeatureRulesTest {
  private static final String TOOLS = "{\"tools\":[{\"name\":\"a\"},{\"name\":\"b\"}]}";
  private static final String TURNED = "{\"tools\":[{\"name\":\"b\"},{\"name\":\"a\"}]}";

  // --- TOOL-501 ----------------------------------------------------------------------------------

  @Test
  void anUnknownToolIsAProtocolError() {
    Recorded.http("TOOL-501")
        .sent("lawful", "tools/call")
        .result("{}")
        .sent("unknown-tool", "tools/call")
        .error(200, -32602)
        .passes(1);
  }

  @Test
  void anUnknownToolAsResultIsWrong() {
    Recorded.http("TOOL-501")
        .sent("unknown-tool", "tools/call")
        .result("{\"resultType\":\"complete\",\"isError\":true}")
        .fails("Calling a tool that does not exist is answered with a tool result.");
  }

  @Test
  void silenceAboutAnUnknownToolShowsNothing() {
    Recorded.http("TOOL-501")
        .sent("unknown-tool", "tools/call")
        .late()
        .isNotObserved("no answer to unknown-tool within 2000 ms");
  }

  // --- TOOL-502 ----------------------------------------------------------------------------------

  private static Recorded lists(String first, String... more) {
    Recorded recorded = Recorded.http("TOOL-502").sent("list-1-page", "tools/list").result(first);
    for (int i = 0; i < more.length; i++) {
      recorded.sent("list-" + (i + 2) + "-page", "tools/list").result(more[i]);
    }
    return recorded;
  }

  @Test
  void theSameOrderEveryTimePasses() {
    lists(TOOLS, TOOLS, TOOLS).passes(2);
  }

  @Test
  void anotherOrderIsWrong() {
    lists(TOOLS, TURNED, TOOLS).fails("The same tools are listed in another order.");
  }

  @Test
  void pagesCountTogether() {
    Recorded.http("TOOL-502")
        .sent("list-1-page", "tools/list")
        .result("{\"tools\":[{\"name\":\"a\"}]}")
        .sent("list-1-page-2", "tools/list")
        .result("{\"tools\":[{\"name\":\"b\"}]}")
        .sent("list-2-page", "tools/list")
        .result(TURNED)
        .sent("list-3-page", "tools/list")
        .result(TOOLS)
        .fails("The same tools are listed in another order.");
  }

  @Test
  void aSetThatChangesShowsNoOrder() {
    lists(TOOLS, "{\"tools\":[{\"name\":\"a\"}]}", TOOLS)
        .isNotObserved("the set of tools changed while it was listed");
  }

  @Test
  void aSingleToolHasNoOrder() {
    String one = "{\"tools\":[{\"name\":\"a\"}]}";
    lists(one, one, one).isNotApplicable("fewer than two tools have no order");
  }

  @Test
  void listsThatFailShowNoOrder() {
    Recorded.http("TOOL-502")
        .sent("list-1-page", "tools/list")
        .result(TOOLS)
        .sent("list-2-page", "tools/list")
        .late()
        .sent("list-3-page", "tools/list")
        .result(TOOLS)
        .isNotObserved("tools/list was not served every time");
  }

  // --- TOOL-503 ----------------------------------------------------------------------------------

  private static Recorded calling(String result) {
    return Recorded.http("TOOL-503")
        .sent("tools-list", "tools/list")
        .result(
            "{\"tools\":[{\"name\":\"weigh\",\"outputSchema\":{\"type\":\"array\",\"items\":{\"type\":\"number\"}}}]}")
        .sent("call", "tools/call", "{\"name\":\"weigh\"}")
        .result(result);
  }

  @Test
  void anyJsonValueMayConform() {
    calling("{\"structuredContent\":[1,2]}").passes(1);
  }

  @Test
  void omittedStructuredContentIsWrong() {
    calling("{\"content\":[]}")
        .fails("The result of tool weigh does not conform to its output schema.");
  }

  @Test
  void anInterimResultShowsNothing() {
    calling("{\"resultType\":\"input_required\"}").isNotObserved("tool weigh did not complete");
  }

  // --- RES-501 -----------------------------------------------------------------------------------

  private static Recorded reading() {
    return Recorded.http("RES-501").sent("lawful", "resources/read").result("{\"contents\":[{}]}");
  }

  @Test
  void anUnknownResourceHasInvalidParams() {
    reading().sent("unknown-resource", "resources/read").error(-32602).passes(1);
  }

  @Test
  void theOldCodeIsWrong() {
    reading()
        .sent("unknown-resource", "resources/read")
        .error(-32002)
        .fails(
            "Reading a resource that does not exist is answered with status 200 with error -32002"
                + " instead of error -32602.");
  }

  @Test
  void emptyContentsAreWrong() {
    reading()
        .sent("unknown-resource", "resources/read")
        .result("{\"contents\":[]}")
        .fails(
            "Reading a resource that does not exist is answered with a result without contents"
                + " instead of error -32602.");
  }

  @Test
  void withoutALawfulReadARefusalProvesNothing() {
    Recorded.http("RES-501")
        .sent("unknown-resource", "resources/read")
        .error(-32602)
        .isNotObserved("no resource is listed that could be read lawfully");
  }

  // --- PAGE-501 ----------------------------------------------------------------------------------

  @Test
  void anInvalidCursorIsRefused() {
    Recorded.http("PAGE-501")
        .sent("tools-list", "tools/list")
        .result(TOOLS)
        .sent("tools-list-invalid-cursor", "tools/list")
        .error(400, -32602)
        .passes(1);
  }

  @Test
  void anIgnoredCursorIsWrong() {
    Recorded.http("PAGE-501")
        .sent("tools-list", "tools/list")
        .result(TOOLS)
        .sent("tools-list-invalid-cursor", "tools/list")
        .result(TOOLS)
        .fails("tools/list does not refuse a cursor that was never issued with error -32602.");
  }

  @Test
  void aLateRefusalShowsNoCursorCheck() {
    Recorded.http("PAGE-501")
        .sent("tools-list", "tools/list")
        .result(TOOLS)
        .sent("tools-list-invalid-cursor", "tools/list")
        .late()
        .isNotObserved("no answer to tools-list-invalid-cursor within 2000 ms");
  }

  // --- PROM-501 ----------------------------------------------------------------------------------

  private static Recorded declared() {
    return Recorded.http("PROM-501").sent("lawful", "server/discover").result("{}");
  }

  @Test
  void declaredPromptsAreListedBeTheyNone() {
    declared().sent("prompts-list", "prompts/list").result("{\"prompts\":[]}").passes(1);
  }

  @Test
  void declaredPromptsThatAreUnknownAreWrong() {
    declared()
        .sent("prompts-list", "prompts/list")
        .error(404, -32601)
        .fails("The server declares prompts but does not list them.");
  }

  @Test
  void anInternalErrorShowsNothing() {
    declared()
        .sent("prompts-list", "prompts/list")
        .error(500, -32603)
        .isNotObserved("prompts/list was not served: status 500 with error -32603");
  }
}
