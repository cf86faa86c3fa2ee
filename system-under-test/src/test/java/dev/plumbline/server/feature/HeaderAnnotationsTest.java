package dev.plumbline.server.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HeaderAnnotationsTest {
  private static JsonNode schema(String properties) {
    return new JsonMapper()
        .readTree(("{'type':'object','properties':{" + properties + "}}").replace('\'', '"'));
  }

  @Test
  void findsWhatIsReachedThroughProperties() {
    assertThat(
            HeaderAnnotations.of(
                schema(
                    "'a':{'type':'string','x-mcp-header':'A'},'o':{'type':'object','properties':"
                        + "{'b':{'type':'integer','x-mcp-header':'B'}}}")))
        .containsExactly(
            new HeaderAnnotation("A", List.of("a")), new HeaderAnnotation("B", List.of("o", "b")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'x-mcp-header':{'type':'string'}",
        "'a':{'type':'object','default':{'x-mcp-header':''}}",
        "'a':{'enum':[{'x-mcp-header':''}]}"
      })
  void aPropertyOrDataOfThatNameIsNoAnnotation(String properties) {
    assertThat(HeaderAnnotations.of(schema(properties))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'a':{'type':'string','x-mcp-header':''}",
        "'a':{'type':'string','x-mcp-header':7}",
        "'a':{'type':'string','x-mcp-header':'a b'}",
        "'a':{'type':'string','x-mcp-header':'a:b'}",
        "'a':{'type':'string','x-mcp-header':'a\\r\\nb'}",
        "'a':{'type':'string','x-mcp-header':'\\u00e9'}",
        "'a':{'type':'number','x-mcp-header':'A'}",
        "'a':{'type':'object','x-mcp-header':'A'}",
        "'a':{'type':'array','x-mcp-header':'A'}",
        "'a':{'type':['string','null'],'x-mcp-header':'A'}",
        "'a':{'x-mcp-header':'A'}",
        "'a':{'type':'string','x-mcp-header':'A'},'b':{'type':'string','x-mcp-header':'a'}",
        "'a':{'type':'array','items':{'type':'string','x-mcp-header':'A'}}",
        "'a':{'anyOf':[{'type':'string','x-mcp-header':'A'}]}",
        "'a':{'not':{'type':'string','x-mcp-header':'A'}}",
        "'a':{'if':{'properties':{'b':{'type':'string','x-mcp-header':'A'}}}}",
        "'a':{'additionalProperties':{'type':'string','x-mcp-header':'A'}}",
        "'a':{'patternProperties':{'b':{'type':'string','x-mcp-header':'A'}}}",
        "'a':{'$defs':{'b':{'type':'string','x-mcp-header':'A'}}}"
      })
  void refusesTheRest(String properties) {
    JsonNode schema = schema(properties);
    assertThatThrownBy(() -> HeaderAnnotations.of(schema))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("x-mcp-header");
  }

  @Test
  void aToolWithAnUnlawfulAnnotationCannotBeMade() {
    var definition = new JsonMapper().createObjectNode().put("name", "t").put("description", "d");
    definition.set("inputSchema", schema("'a':{'type':'number','x-mcp-header':'A'}"));
    assertThatThrownBy(() -> new Tool(definition, (_, _) -> ToolResult.text("")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tool t");
  }
}
