package dev.plumbline.server.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ToolHeadersTest {
  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text.replace('\'', '"'));
  }

  private static ToolHeaders tool(String properties) {
    return ToolHeaders.of(
        json("{'inputSchema':{'type':'object','properties':{" + properties + "}}}"));
  }

  @Test
  void mirrorsAnnotatedArgumentsWhereverPropertiesLead() {
    ToolHeaders headers =
        tool(
            "'s':{'type':'string','x-mcp-header':'S'},'i':{'type':'integer','x-mcp-header':'I'},'b':{'type':'boolean','x-mcp-header':'B'},"
                + "'o':{'type':'object','properties':{'deep':{'type':'string','x-mcp-header':'Deep'}}},'plain':{'type':'string'}");
    assertThat(headers.defect()).isEmpty();
    assertThat(headers.fields(json("{'s':'ü','i':-7,'b':true,'o':{'deep':'d'},'plain':'p'}")))
        .containsOnly(
            java.util.Map.entry("Mcp-Param-S", "=?base64?w7w=?="),
            java.util.Map.entry("Mcp-Param-I", "-7"),
            java.util.Map.entry("Mcp-Param-B", "true"),
            java.util.Map.entry("Mcp-Param-Deep", "d"));
  }

  @Test
  void leavesOutWhatIsAbsentOrNull() {
    ToolHeaders headers =
        tool("'a':{'type':'string','x-mcp-header':'A'},'b':{'type':'string','x-mcp-header':'B'}");
    assertThat(headers.fields(json("{'b':null}"))).isEmpty();
  }

  @Test
  void refusesAnIntegerThatNotEveryPeerCanCompare() {
    ToolHeaders headers = tool("'i':{'type':'integer','x-mcp-header':'I'}");
    assertThat(headers.fields(json("{'i':9007199254740991}")))
        .containsEntry("Mcp-Param-I", "9007199254740991");
    assertThatThrownBy(() -> headers.fields(json("{'i':9007199254740992}")))
        .hasMessageContaining("safe integers");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'a':{'type':'string','x-mcp-header':''}",
        "'a':{'type':'string','x-mcp-header':'two words'}",
        "'a':{'type':'string','x-mcp-header':'A\\r\\nB'}",
        "'a':{'type':'string','x-mcp-header':7}",
        "'a':{'type':'number','x-mcp-header':'A'}",
        "'a':{'type':'object','x-mcp-header':'A'}",
        "'a':{'x-mcp-header':'A'}",
        "'a':{'type':'string','x-mcp-header':'A'},'b':{'type':'string','x-mcp-header':'a'}",
        "'a':{'type':'array','items':{'type':'string','x-mcp-header':'A'}}",
        "'a':{'oneOf':[{'type':'string','x-mcp-header':'A'}]}",
        "'a':{'type':'object','additionalProperties':{'type':'string','x-mcp-header':'A'}}"
      })
  void findsADefinitionThatMustNotBeUsed(String properties) {
    assertThat(tool(properties).defect()).isPresent();
  }

  @Test
  void takesAPropertyThatIsCalledLikeTheAnnotationForAProperty() {
    assertThat(tool("'x-mcp-header':{'type':'string'}").defect()).isEmpty();
    assertThat(tool("'a':{'type':'object','default':{'x-mcp-header':''}}").defect()).isEmpty();
  }
}
