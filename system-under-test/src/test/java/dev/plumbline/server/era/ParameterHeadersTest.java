package dev.plumbline.server.era;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.server.api.McpServer;
import dev.plumbline.server.feature.Tool;
import dev.plumbline.server.feature.ToolResult;
import dev.plumbline.server.support.InProcess;
import dev.plumbline.server.support.InProcess.Exchange;
import dev.plumbline.server.support.Modern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** 2026-07-28 basic/transports/streamable-http, custom headers from tool parameters. */
class ParameterHeadersTest {
  private static final String SCHEMA =
      """
      {'type':'object','properties':{
        'region':{'type':'string','x-mcp-header':'Region'},
        'size':{'type':'integer','x-mcp-header':'Size'},
        'dry':{'type':'boolean','x-mcp-header':'Dry'},
        'in':{'type':'object','properties':{'depth':{'type':'string','x-mcp-header':'Depth'}}},
        'free':{'type':'string'}}}
      """;

  private final McpServer offer = McpServer.named("headers", "1").add(tool("t", SCHEMA));
  private final InProcess server = new InProcess(offer);

  private static Tool tool(String name, String schema) {
    ObjectNode definition =
        new JsonMapper().createObjectNode().put("name", name).put("description", "d");
    definition.set("inputSchema", new JsonMapper().readTree(schema.replace('\'', '"')));
    return new Tool(definition, (_, _) -> ToolResult.text("served"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static void assertMismatch(Exchange exchange) {
    assertThat(exchange.errorCode()).isEqualTo(-32020);
    assertThat(exchange.answer().status()).isEqualTo(400);
    assertThat(exchange.json().path("id").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'region':'us-west1' | Mcp-Param-Region | us-west1",
        "'region':'us-west1' | MCP-PARAM-REGION | us-west1",
        "'region':'us-west1' | mcp-param-region | =?base64?dXMtd2VzdDE=?=",
        "'region':'Hello, 世界' | Mcp-Param-Region | =?base64?SGVsbG8sIOS4lueVjA==?=",
        "'region':'=?base64?literal?=' | Mcp-Param-Region | =?base64?PT9iYXNlNjQ/bGl0ZXJhbD89?=",
        "'region':'SGVsbG8=?=' | Mcp-Param-Region | SGVsbG8=?=",
        "'region':'=?base64?SGVs' | Mcp-Param-Region | =?base64?SGVs",
        "'size':42 | Mcp-Param-Size | 42",
        "'size':42 | Mcp-Param-Size | 42.0",
        "'size':-7 | Mcp-Param-Size | -7",
        "'dry':true | Mcp-Param-Dry | true",
        "'in':{'depth':'x'} | Mcp-Param-Depth | x",
        "'free':'x' | Mcp-Param-Free | anything",
      })
  void servesWhatAgrees(String arguments, String header, String value) {
    assertThat(Modern.call("t", arguments).header(header, value).to(server).errorCode()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'region':'us-west1' | eu-north1",
        "'region':'us-west1' | US-WEST1",
        "'region':'us-west1' | =?base64?dXMtd2VzdDE?=",
        "'region':'us-west1' | =?base64?dXMt!2VzdDE=?=",
        "'region':'us-west1' | =?base64?dXMtd2VzdDF=?=",
        "'region':'us-west1' | =?BASE64?dXMtd2VzdDE=?=",
        "'region':'us-west1' | us-w\u00e9st1",
        "'region':null | us-west1",
        " | us-west1",
      })
  void refusesWhatDoesNot(String arguments, String value) {
    String given = arguments == null ? "" : arguments;
    assertMismatch(Modern.call("t", given).header("Mcp-Param-Region", value).to(server));
  }

  @ParameterizedTest
  @CsvSource({"42,43", "42,4.2e1", "42,forty", "42,''", "9007199254740993,9007199254740993"})
  void refusesAnotherNumber(String size, String value) {
    assertMismatch(Modern.call("t", "'size':" + size).header("Mcp-Param-Size", value).to(server));
  }

  @ParameterizedTest
  @CsvSource({"True", "1", "false"})
  void refusesAnotherTruth(String value) {
    assertMismatch(Modern.call("t", "'dry':true").header("Mcp-Param-Dry", value).to(server));
  }

  @Test
  void demandsAHeaderForEveryValueAndNoneForNull() {
    assertMismatch(Modern.call("t", "'region':'x'").to(server));
    assertMismatch(Modern.call("t", "'in':{'depth':'x'}").to(server));
    assertThat(Modern.call("t", "").to(server).errorCode()).isZero();
    assertThat(Modern.call("t", "'in':{}").to(server).errorCode()).isZero();
    assertThat(Modern.of("tools/call", "'name':'t'").to(server).errorCode()).isZero();
    // null reaches the tool's schema, which has no null: an error of the tool, not of the headers.
    assertThat(Modern.call("t", "'region':null").to(server).result().path("isError").asBoolean())
        .isTrue();
  }

  @Test
  void hasNoHeadersOnADuplexWire() {
    assertThat(server.duplex(Modern.call("t", "'region':'x'").json()).errorCode()).isZero();
  }

  @Test
  void knowsToolsThatCameLater() {
    offer.add(tool("later", SCHEMA));
    assertMismatch(Modern.call("later", "'region':'x'").to(server));
  }

  @Test
  void theNameOfATaskIsMirroredToo() {
    assertMismatch(Modern.of("tasks/get", "'taskId':'a'").header("Mcp-Name", "b").to(server));
    assertMismatch(Modern.of("tasks/update", "'taskId':'a'").without("Mcp-Name").to(server));
    Exchange named = Modern.of("tasks/cancel", "'taskId':'a'").to(server);
    assertThat(named.errorCode()).isNotEqualTo(-32020);
  }
}
