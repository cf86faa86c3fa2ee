package dev.plumbline.conformance.rule.stateless;

import dev.plumbline.conformance.rule.Recorded;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tools, resources, prompts, caching and questions, as a walk through everything sees them. */
class OfferingRulesTest extends WalkCases {
  private static final String DECLARING = "{\"capabilities\":{\"tools\":{},\"logging\":{}}}";

  static Stream<Case> cases() {
    return Stream.of(
        result(
            "TOOL-504",
            "tools/list",
            "\"tools\":[{\"name\":\"t\",\"inputSchema\":{\"type\":\"object\"}}]",
            "\"tools\":[{\"name\":\"t\",\"inputSchema\":{\"type\":\"array\"}}]",
            "The tool t has an inputSchema whose type is not object."),
        result(
            "TOOL-514",
            "tools/list",
            "\"tools\":[{\"name\":\"t\",\"inputSchema\":{\"type\":\"object\"}}]",
            "\"tools\":[{\"name\":\"\"}]",
            "The tool  has a name of 0 characters."),
        result(
            "TOOL-516",
            "tools/list",
            "\"tools\":[{\"name\":\"t\",\"inputSchema\":{\"type\":\"object\"}}]",
            "\"tools\":[{\"name\":\"a b\"}]",
            "The tool a b has a character that names lack."),
        result(
            "TOOL-517",
            "tools/list",
            "\"tools\":[{\"name\":\"t\",\"inputSchema\":{\"type\":\"object\"}}]",
            "\"tools\":[{\"name\":\"a,b\"}]",
            "The tool a,b has a space, a comma or the like in its name."),
        result(
            "TOOL-518",
            "tools/list",
            "\"tools\":[{\"name\":\"t\",\"inputSchema\":{\"type\":\"object\"}}]",
            "\"tools\":[{\"name\":\"t\",\"inputSchema\":{\"type\":\"object\"}},{\"name\":\"t\",\"inputSchema\":{\"type\":\"object\"}}]",
            "The tool t is listed twice."),
        result(
            "TOOL-533",
            "tools/list",
            "\"tools\":[{\"name\":\"t\",\"inputSchema\":{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\",\"x-mcp-header\":\"A\"}}}}]",
            "\"tools\":[{\"name\":\"t\",\"inputSchema\":{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\",\"x-mcp-header\":1}}}}]",
            "The x-mcp-header of t at /properties/a is empty or no string."),
        result(
            "TOOL-534",
            "tools/list",
            "\"tools\":[{\"name\":\"t\",\"inputSchema\":{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\",\"x-mcp-header\":\"A\"}}}}]",
            "\"tools\":[{\"name\":\"t\",\"inputSchema\":{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\",\"x-mcp-header\":\"A:B\"}}}}]",
            "The x-mcp-header of t at /properties/a is no HTTP field name."),
        result(
            "TOOL-535",
            "tools/list",
            "\"tools\":[{\"name\":\"t\",\"inputSchema\":{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\",\"x-mcp-header\":\"A\"}}}}]",
            "\"tools\":[{\"name\":\"t\",\"inputSchema\":{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\",\"x-mcp-header\":\"A\\rB\"}}}}]",
            "The x-mcp-header of t at /properties/a has a control character."),
        result(
            "TOOL-536",
            "tools/list",
            "\"tools\":[{\"name\":\"t\",\"inputSchema\":{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\",\"x-mcp-header\":\"A\"}}}}]",
            "\"tools\":[{\"name\":\"t\",\"inputSchema\":{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\",\"x-mcp-header\":\"A\"},\"b\":{\"type\":\"string\",\"x-mcp-header\":\"a\"}}}}]",
            "The x-mcp-header of t at /properties/b is a, as another of the same tool."),
        result(
            "TOOL-537",
            "tools/list",
            "\"tools\":[{\"name\":\"t\",\"inputSchema\":{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\",\"x-mcp-header\":\"A\"}}}}]",
            "\"tools\":[{\"name\":\"t\",\"inputSchema\":{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"object\",\"x-mcp-header\":\"A\"}}}}]",
            "The x-mcp-header of t at /properties/a is on a parameter of type \"object\"."),
        result(
            "TOOL-538",
            "tools/list",
            "\"tools\":[{\"name\":\"t\",\"inputSchema\":{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\",\"x-mcp-header\":\"A\"}}}}]",
            "\"tools\":[{\"name\":\"t\",\"inputSchema\":{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\",\"minimum\":-9007199254740992,\"x-mcp-header\":\"A\"}}}}]",
            "The x-mcp-header of t at /properties/a allows -9007199254740992."),
        result(
            "TOOL-539",
            "tools/list",
            "\"tools\":[{\"name\":\"t\",\"inputSchema\":{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\",\"x-mcp-header\":\"A\"}}}}]",
            "\"tools\":[{\"name\":\"t\",\"inputSchema\":{\"type\":\"object\",\"properties\":{\"a\":{\"oneOf\":[{\"type\":\"string\",\"x-mcp-header\":\"A\"}]}}}}]",
            "The x-mcp-header of t at /properties/a/oneOf/0 is not below properties alone."),
        result(
            "TRAN-564",
            "tools/list",
            "\"tools\":[{\"name\":\"t\",\"inputSchema\":{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\",\"x-mcp-header\":\"A\"}}}}]",
            "\"tools\":[{\"name\":\"t\",\"inputSchema\":{\"type\":\"object\",\"properties\":{\"a\":{\"oneOf\":[{\"type\":\"string\",\"x-mcp-header\":\"A\"}]}}}}]",
            "The x-mcp-header of t at /properties/a/oneOf/0 is not below properties alone."),
        result(
            "TRAN-565",
            "tools/list",
            "\"tools\":[{\"name\":\"t\",\"inputSchema\":{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\",\"x-mcp-header\":\"A\"}}}}]",
            "\"tools\":[{\"name\":\"t\",\"inputSchema\":{\"type\":\"object\",\"properties\":{\"a\":{\"items\":{\"type\":\"string\",\"x-mcp-header\":\"A\"}}}}}]",
            "The x-mcp-header of t at /properties/a/items is not below properties alone."),
        result(
            "TOOL-540",
            "tools/list",
            "\"tools\":[{\"name\":\"t\",\"inputSchema\":{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\",\"x-mcp-header\":\"A\"}}}}]",
            "\"tools\":[{\"name\":\"t\",\"inputSchema\":{\"type\":\"object\",\"properties\":{\"apiKey\":{\"type\":\"string\",\"x-mcp-header\":\"A\"}}}}]",
            "The x-mcp-header of t at /properties/apiKey mirrors what looks like a secret."),
        result(
            "TOOL-525",
            "tools/call",
            "\"structuredContent\":{\"a\":1},\"content\":[{\"type\":\"text\",\"text\":\"{\\\"a\\\":1}\"}]",
            "\"structuredContent\":{\"a\":1},\"content\":[]",
            "The result of tools/call does not repeat its structured content as text."),
        result(
            "RES-510",
            "resources/list",
            "\"resources\":[{\"uri\":\"a:b\"}]",
            "\"resources\":[{\"uri\":\"a b:c\"}]",
            "The resource a b:c is no URI."),
        result(
            "RES-515",
            "resources/read",
            "\"contents\":[{\"uri\":\"a:b\",\"blob\":\"AAAA\"}]",
            "\"contents\":[{\"uri\":\"a:b\",\"blob\":\"A\"}]",
            "The blob of \"a:b\" is not Base64."),
        result(
            "PROM-507",
            "prompts/get",
            "\"messages\":[{\"content\":{\"type\":\"image\",\"data\":\"AAAA\",\"mimeType\":\"image/png\"}}]",
            "\"messages\":[{\"content\":{\"type\":\"image\",\"data\":\"AAAA\",\"mimeType\":\"png\"}}]",
            "A block image of prompts/get has the MIME type \"png\"."),
        result(
            "PROM-508",
            "prompts/get",
            "\"messages\":[{\"content\":{\"type\":\"audio\",\"data\":\"AAAA\",\"mimeType\":\"audio/wav\"}}]",
            "\"messages\":[{\"content\":{\"type\":\"audio\",\"data\":\"*\",\"mimeType\":\"audio/wav\"}}]",
            "A block audio of prompts/get is not Base64."),
        result(
            "PROM-509",
            "prompts/get",
            "\"messages\":[{\"content\":{\"type\":\"resource\",\"resource\":{\"uri\":\"a:b\",\"mimeType\":\"a/b\",\"text\":\"\"}}}]",
            "\"messages\":[{\"content\":{\"type\":\"resource\",\"resource\":{\"uri\":\"a:b\",\"mimeType\":\"a/b\"}}}]",
            "A block resource of prompts/get has not one of text and blob."),
        result("CACH-509", "x/y", "\"ttlMs\":0", "\"ttlMs\":-5", "The result of x/y has ttlMs -5."),
        result(
            "VERS-504",
            "server/discover",
            "\"capabilities\":{\"extensions\":{\"a.b/c\":{}}}",
            "\"capabilities\":{\"extensions\":{\"c\":{}}}",
            "The extension c has no prefix or is no _meta key."),
        result(
            "MRTR-504",
            "x/y",
            "\"resultType\":\"complete\"",
            "\"resultType\":\"input_required\"",
            "The result of x/y asks for input."),
        result(
            "MRTR-506",
            "tools/call",
            "\"resultType\":\"input_required\",\"inputRequests\":{\"k\":{\"method\":\"roots/list\"}}",
            "\"resultType\":\"input_required\",\"inputRequests\":{\"k\":{\"method\":\"ping\"}}",
            "The input request k of tools/call has the method \"ping\"."),
        result(
            "MRTR-512",
            "tools/call",
            "\"resultType\":\"input_required\",\"requestState\":\"s\"",
            "\"resultType\":\"input_required\"",
            "The result of tools/call asks for input without inputRequests and without requestState."),
        result(
            "ELIC-501",
            "tools/call",
            "\"resultType\":\"input_required\",\"inputRequests\":{\"k\":{\"method\":\"elicitation/create\",\"params\":{}}}",
            "\"resultType\":\"input_required\",\"inputRequests\":{\"k\":{\"method\":\"elicitation/create\",\"params\":{\"requestedSchema\":{\"properties\":{\"pin\":{\"title\":\"Card number\"}}}}}}",
            "The input request k of tools/call has a form that asks for pin."),
        result(
            "SAMP-505",
            "tools/call",
            "\"resultType\":\"input_required\",\"inputRequests\":{\"k\":{\"method\":\"sampling/createMessage\",\"params\":{}}}",
            "\"resultType\":\"input_required\",\"inputRequests\":{\"k\":{\"method\":\"sampling/createMessage\",\"params\":{\"toolChoice\":{}}}}",
            "The input request k of tools/call has tools, which the client did not declare."),
        result(
            "SAMP-507",
            "tools/call",
            "\"resultType\":\"input_required\",\"inputRequests\":{\"k\":{\"method\":\"sampling/createMessage\",\"params\":{\"includeContext\":\"none\"}}}",
            "\"resultType\":\"input_required\",\"inputRequests\":{\"k\":{\"method\":\"sampling/createMessage\",\"params\":{\"includeContext\":\"thisServer\"}}}",
            "The input request k of tools/call has includeContext thisServer."),
        result(
            "SAMP-513",
            "tools/call",
            "\"resultType\":\"input_required\",\"inputRequests\":{\"k\":{\"method\":\"sampling/createMessage\",\"params\":{\"messages\":[{\"role\":\"user\",\"content\":{}}]}}}",
            "\"resultType\":\"input_required\",\"inputRequests\":{\"k\":{\"method\":\"sampling/createMessage\",\"params\":{\"messages\":[{\"role\":\"user\"}]}}}",
            "The input request k of tools/call has a message without role or content."));
  }

  private static Recorded lawful(String clause) {
    return Recorded.http(clause).sent("lawful", "server/discover").result(DECLARING);
  }

  @Test
  void whatIsServedIsDeclared() {
    lawful("TOOL-508").sent("x", "tools/list").result("{\"tools\":[{}]}").passes(1);
    lawful("PROM-504")
        .sent("x", "prompts/list")
        .result("{\"prompts\":[{}]}")
        .fails("The server serves prompts/list without declaring prompts.");
    lawful("RES-504")
        .sent("x", "resources/list")
        .result("{\"resources\":[{}]}")
        .fails("The server serves resources/list without declaring resources.");
    lawful("COMP-502")
        .sent("x", "completion/complete")
        .error(404, -32601)
        .isNotApplicable("the server has no completions");
  }

  @Test
  void whatIsDeclaredIsListed() {
    lawful("TOOL-509").sent("tools-list", "tools/list").result("{\"tools\":[]}").passes(1);
    lawful("RES-505")
        .sent("resources-list", "resources/list")
        .result("{}")
        .fails("The server declares resources but does not list them.");
  }

  @Test
  void embeddedResourcesNeedTheCapability() {
    lawful("TOOL-524")
        .sent("call", "tools/call")
        .result("{\"content\":[{\"type\":\"resource\"}]}")
        .fails("A block resource of tools/call comes without resources.");
  }

  @Test
  void discoveryNamesTheServer() {
    lawful("DISC-503")
        .fails("The result of server/discover does not say name and version of the server.");
  }

  @Test
  void pagesOfOneListHaveOneScope() {
    lawful("CACH-502")
        .sent("tools-list", "tools/list")
        .result("{\"nextCursor\":\"c\",\"cacheScope\":\"public\"}")
        .sent("tools-list-2", "tools/list", "{\"cursor\":\"c\"}")
        .result("{\"cacheScope\":\"private\"}")
        .fails("The result of tools/list has another cacheScope than the first page.");
  }
}
