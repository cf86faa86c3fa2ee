package dev.plumbline.conformance.rule.handshake;

import dev.plumbline.conformance.rule.Recorded;
import org.junit.jupiter.api.Test;

/** Tools, resources, prompts and pagination of the handshake era. */
class FeatureRulesTest {
  private static final String WEIGH =
      "{\"name\":\"weigh\",\"inputSchema\":{\"type\":\"object\"},\"outputSchema\":{\"type\":\"object\",\"properties\":{\"grams\":{\"type\":\"number\"}},\"required\":[\"grams\"]}}";

  private static Recorded at(String clause) {
    return Recorded.http(clause).initialized("{\"tools\":{}}");
  }

  private static Recorded listing(String clause, String tools) {
    return at(clause).sent("tools-list", "tools/list").result("{\"tools\":[" + tools + "]}");
  }

  // --- TOOL-001 ----------------------------------------------------------------------------------

  @Test
  void validInputSchemasPass() {
    listing("TOOL-001", WEIGH + ",{\"name\":\"b\",\"inputSchema\":{\"type\":\"object\"}}")
        .passes(2);
  }

  @Test
  void aNullInputSchemaIsWrong() {
    listing("TOOL-001", WEIGH + ",{\"name\":\"b\",\"inputSchema\":null}")
        .fails("The input schema of tool b is not a valid JSON Schema object.");
  }

  @Test
  void aSchemaThatBreaksItsDialectIsWrong() {
    listing(
            "TOOL-001",
            "{\"name\":\"b\",\"inputSchema\":{\"type\":\"object\",\"properties\":{\"x\":{\"type\":\"text\"}}}}")
        .fails("The input schema of tool b is not a valid JSON Schema object.");
  }

  @Test
  void draft7IsJudgedByItsOwnRules() {
    listing(
            "TOOL-001",
            "{\"name\":\"b\",\"inputSchema\":{\"$schema\":\"http://json-schema.org/draft-07/schema#\",\"type\":\"object\",\"items\":[{}]}}")
        .passes(1);
  }

  @Test
  void noToolsShowNoSchemas() {
    listing("TOOL-001", "").isNotObserved("the target gave no occasion");
  }

  // --- TOOL-002 ----------------------------------------------------------------------------------

  @Test
  void anUnknownToolIsAProtocolError() {
    at("TOOL-002")
        .sent("lawful", "tools/call")
        .result("{\"content\":[]}")
        .sent("unknown-tool", "tools/call")
        .error(-32602)
        .passes(1);
  }

  @Test
  void anUnknownToolAsResultIsWrong() {
    at("TOOL-002")
        .sent("unknown-tool", "tools/call")
        .result("{\"content\":[],\"isError\":true}")
        .fails("Calling a tool that does not exist is answered with a tool result.");
  }

  @Test
  void refusingEveryCallProvesNothing() {
    at("TOOL-002")
        .sent("lawful", "tools/call")
        .error(-32602)
        .sent("unknown-tool", "tools/call")
        .error(-32602)
        .isNotObserved("the lawful request lawful was not served: status 200 with error -32602");
  }

  @Test
  void withoutALawfulCallARefusalProvesNothing() {
    at("TOOL-002")
        .sent("unknown-tool", "tools/call")
        .error(-32602)
        .isNotObserved("there is no read-only tool to call lawfully");
  }

  // --- TOOL-003 ----------------------------------------------------------------------------------

  private static Recorded calling(String result) {
    return listing("TOOL-003", WEIGH)
        .sent("call", "tools/call", "{\"name\":\"weigh\"}")
        .result(result);
  }

  @Test
  void structuredContentThatConformsPasses() {
    calling("{\"content\":[],\"structuredContent\":{\"grams\":5}}").passes(1);
  }

  @Test
  void structuredContentOfAnotherTypeIsWrong() {
    calling("{\"content\":[],\"structuredContent\":{\"grams\":{}}}")
        .fails("The result of tool weigh does not conform to its output schema.");
  }

  @Test
  void missingStructuredContentIsWrong() {
    calling("{\"content\":[]}")
        .fails("The result of tool weigh does not conform to its output schema.");
  }

  @Test
  void aFailedCallShowsNothing() {
    calling("{\"content\":[],\"isError\":true}").isNotObserved("tool weigh did not complete");
  }

  @Test
  void noOutputSchemaNoRequirement() {
    listing("TOOL-003", "{\"name\":\"b\",\"inputSchema\":{\"type\":\"object\"}}")
        .isNotApplicable("no listed tool has an output schema");
  }

  @Test
  void anOutputSchemaThatRefersElsewhereCannotBeUsed() {
    String tool =
        "{\"name\":\"weigh\",\"outputSchema\":{\"type\":\"object\",\"properties\":{\"a\":{\"$ref\":\"http://plumbline.invalid/x\"}}}}";
    Recorded recorded =
        listing("TOOL-003", tool)
            .sent("call", "tools/call", "{\"name\":\"weigh\"}")
            .result("{\"structuredContent\":{\"a\":1}}");

    org.assertj.core.api.Assertions.assertThat(recorded.judged().toString())
        .contains("the output schema of weigh cannot be used");
  }

  // --- RES-001 -----------------------------------------------------------------------------------

  private static Recorded reading() {
    return at("RES-001").sent("lawful", "resources/read").result("{\"contents\":[{}]}");
  }

  @Test
  void anUnknownResourceIsRefused() {
    reading().sent("unknown-resource", "resources/read").error(-32002).passes(1);
  }

  @Test
  void emptyContentsAreWrong() {
    reading()
        .sent("unknown-resource", "resources/read")
        .result("{\"contents\":[]}")
        .fails(
            "Reading a resource that does not exist is answered with a result without contents"
                + " instead of error -32002.");
  }

  @Test
  void anotherCodeIsWrong() {
    reading()
        .sent("unknown-resource", "resources/read")
        .error(-32603)
        .fails(
            "Reading a resource that does not exist is answered with status 200 with error -32603"
                + " instead of error -32002.");
  }

  @Test
  void aServerThatServesEveryUriShowsNothing() {
    reading()
        .sent("unknown-resource", "resources/read")
        .result("{\"contents\":[{}]}")
        .isNotObserved("the unknown resource was not refused: status 200 with a result");
  }

  @Test
  void refusingEveryReadProvesNothing() {
    at("RES-001")
        .sent("lawful", "resources/read")
        .error(-32002)
        .sent("unknown-resource", "resources/read")
        .error(-32002)
        .isNotObserved("the lawful request lawful was not served: status 200 with error -32002");
  }

  // --- PAGE-001 ----------------------------------------------------------------------------------

  @Test
  void anInvalidCursorIsRefused() {
    listing("PAGE-001", "").sent("tools-list-invalid-cursor", "tools/list").error(-32602).passes(1);
  }

  @Test
  void anIgnoredCursorIsWrong() {
    listing("PAGE-001", "")
        .sent("tools-list-invalid-cursor", "tools/list")
        .result("{\"tools\":[]}")
        .fails("tools/list does not refuse a cursor that was never issued with error -32602.");
  }

  @Test
  void aRefusedListShowsNoCursorCheck() {
    at("PAGE-001")
        .sent("tools-list", "tools/list")
        .error(-32602)
        .sent("tools-list-invalid-cursor", "tools/list")
        .error(-32602)
        .isNotObserved(
            "the lawful request tools-list was not served: status 200 with error -32602");
  }

  @Test
  void noListNoCursor() {
    at("PAGE-001").isNotApplicable("no feature with a list is declared");
  }

  // --- PROM-001 ----------------------------------------------------------------------------------

  private static Recorded asking(String capabilities) {
    return Recorded.http("PROM-001").initialized(capabilities).sent("lawful", "ping").result("{}");
  }

  @Test
  void declaredPromptsPass() {
    asking("{\"prompts\":{}}")
        .sent("prompts-list", "prompts/list")
        .result("{\"prompts\":[{\"name\":\"p\"}]}")
        .passes(1);
  }

  @Test
  void undeclaredPromptsAreWrong() {
    asking("{}")
        .sent("prompts-list", "prompts/list")
        .result("{\"prompts\":[{\"name\":\"p\"}]}")
        .fails("The server lists prompts without declaring the prompts capability.");
  }

  @Test
  void aServerWithoutPromptsIsNotBound() {
    asking("{}")
        .sent("prompts-list", "prompts/list")
        .error(-32601)
        .isNotApplicable("the server offers no prompts");
  }

  @Test
  void aLateListShowsNothing() {
    asking("{}")
        .sent("prompts-list", "prompts/list")
        .late()
        .isNotObserved("no answer to prompts-list within 2000 ms");
  }
}
