package dev.plumbline.conformance.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.conformance.wire.Messages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ArgumentsTest {
  private static JsonNode schema(String property) {
    return Messages.parse(
            "{\"type\":\"object\",\"properties\":{\"p\":"
                + property
                + "},\"required\":[\"p\"],\"$defs\":{\"s\":{\"type\":\"string\",\"minLength\":3},"
                + "\"loop\":{\"$ref\":\"#/$defs/loop\"}}}")
        .orElseThrow();
  }

  private static InputSchema.Outcome arguments(String property) {
    return InputSchema.arguments(schema(property), 7);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"string\"}",
        "{\"type\":\"string\",\"minLength\":40,\"maxLength\":41}",
        "{\"type\":\"string\",\"format\":\"email\"}",
        "{\"type\":\"string\",\"pattern\":\"^[0-9]{4}-[0-9]{2}-[0-9]{2}$\"}",
        "{\"type\":\"integer\",\"minimum\":-3,\"maximum\":-2}",
        "{\"type\":\"integer\",\"exclusiveMinimum\":41,\"multipleOf\":5}",
        "{\"type\":\"number\",\"minimum\":0.2,\"maximum\":0.3}",
        "{\"type\":[\"null\",\"boolean\"]}",
        "{\"enum\":[\"a\",\"b\",3]}",
        "{\"const\":{\"x\":1}}",
        "{\"type\":\"array\",\"items\":{\"type\":\"integer\"},\"minItems\":2}",
        "{\"type\":\"array\",\"items\":{\"type\":\"string\"},\"minItems\":3,\"uniqueItems\":true}",
        "{\"$ref\":\"#/$defs/s\"}",
        "{\"allOf\":[{\"type\":\"string\"},{\"minLength\":9}]}",
        "{\"anyOf\":[false,{\"type\":\"integer\"}]}",
        "{\"oneOf\":[{\"type\":\"string\",\"pattern\":\"^(foo){3}$\"},{\"type\":\"null\"}]}",
        "{\"type\":\"object\",\"properties\":{\"q\":{\"type\":\"object\",\"required\":[\"r\"],"
            + "\"properties\":{\"r\":{\"type\":\"string\"}}}},\"required\":[\"q\"]}",
        "{\"type\":\"string\",\"default\":\"given\"}",
        "true",
        "{}"
      })
  void findsArgumentsTheSchemaAccepts(String property) {
    InputSchema.Outcome outcome = arguments(property);
    assertThat(outcome.obstacle()).isEmpty();
    assertThat(outcome.arguments().has("p")).isTrue();
    assertThat(arguments(property)).isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"type\":\"string\",\"pattern\":\"^(foo){3}bar$\"}|no string is known for the pattern",
        "{\"$ref\":\"https://example.com/x\"}|refers to https://example.com/x",
        "{\"$ref\":\"#/$defs/none\"}|which is not there",
        "{\"$ref\":\"#/$defs/loop\"}|circle",
        "false|accepts nothing",
        "{\"type\":\"array\",\"minItems\":1000}|needs 1000 items",
        "{\"type\":\"integer\",\"minimum\":5,\"maximum\":4}|no fitting arguments",
        "{\"type\":\"colour\"}|unknown type"
      })
  void saysWhyThereAreNone(String property, String reason) {
    InputSchema.Outcome outcome = arguments(property);
    assertThat(outcome.obstacle()).contains(reason);
    assertThat(outcome.arguments().isNull()).isTrue();
  }

  @Test
  void asksForNothingThatIsNotRequired() {
    JsonNode schema =
        Messages.parse("{\"type\":\"object\",\"properties\":{\"p\":{\"type\":\"string\"}}}")
            .orElseThrow();
    assertThat(InputSchema.arguments(schema, 1).arguments()).isEmpty();
  }

  @Test
  void hasNoneWithoutASchema() {
    assertThat(InputSchema.arguments(Messages.NODES.nullNode(), 1).obstacle()).isNotEmpty();
  }
}
