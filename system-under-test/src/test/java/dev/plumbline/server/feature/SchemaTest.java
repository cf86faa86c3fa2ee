package dev.plumbline.server.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.server.protocol.JsonLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class SchemaTest {
  private static final String PLAIN =
      """
      {"type":"object","additionalProperties":false,"required":["n"],"properties":{
        "n":{"type":"integer","minimum":-2,"maximum":5},
        "s":{"type":"string","minLength":1,"maxLength":3},
        "e":{"enum":["x","y"]},
        "f":{"type":"number","maximum":1},
        "l":{"type":"array","maxItems":1,"items":{"type":"number"}},
        "o":{"type":"object","required":["b"],"properties":{"b":{"type":"boolean"}}}}}
      """;

  /** What only the library can decide. */
  private static final String RICH =
      """
      {"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object",
       "$defs":{"street":{"$anchor":"street","type":"string","pattern":"^[A-Z]"}},
       "properties":{"count":{"type":"number","minimum":0,"exclusiveMaximum":9},"street":{"$ref":"#street"},"way":{"const":"phone"},"phone":{"type":"string"}},
       "if":{"required":["way"]},"then":{"required":["phone"]},
       "unevaluatedProperties":false}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"n\":1}|",
        "{\"n\":1.0}|",
        "{\"n\":-2,\"s\":\"äöü\",\"e\":\"x\",\"o\":{\"b\":true},\"l\":[0.5]}|",
        "{}|arguments needs n",
        "{\"n\":\"1\"}|arguments.n must be of type integer",
        "{\"n\":1.5}|arguments.n must be of type integer",
        "{\"n\":-3}|arguments.n must be at least -2",
        "{\"n\":6}|arguments.n must be at most 5",
        "{\"n\":1,\"f\":1e999}|arguments.f must be at most 1",
        "{\"n\":1,\"f\":-1e999}|",
        "{\"n\":1,\"z\":0}|arguments.z is not known here",
        "{\"n\":1,\"s\":\"\"}|arguments.s must have at least 1 characters",
        "{\"n\":1,\"s\":\"abcd\"}|arguments.s must have at most 3 characters",
        "{\"n\":1,\"e\":\"z\"}|arguments.e must be one of [\"x\",\"y\"]",
        "{\"n\":1,\"l\":[1,2]}|arguments.l must have at most 1 items",
        "{\"n\":1,\"l\":[\"1\"]}|arguments.l[0] must be of type number",
        "{\"n\":1,\"o\":{}}|arguments.o needs b",
        "{\"n\":1,\"o\":{\"b\":0}}|arguments.o.b must be of type boolean"
      })
  void namesTheFirstThingThatIsWrong(String arguments, String problem) {
    assertThat(Schema.compile(json(PLAIN)).problem(node(arguments), "arguments").orElse(null))
        .isEqualTo(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"street\":\"Main\"}|true",
        "{\"street\":\"main\"}|false",
        "{\"way\":\"phone\"}|false",
        "{\"way\":\"phone\",\"phone\":\"1\"}|true",
        "{\"count\":1}|true",
        "{\"count\":1e999}|false",
        "{\"other\":1}|false"
      })
  void judgesByTheWholeOfTwentyTwentyTwelve(String arguments, boolean fits) {
    assertThat(Schema.compile(json(RICH)).problem(node(arguments), "arguments").isEmpty())
        .isEqualTo(fits);
  }

  @Test
  void judgesOlderDialectsByTheirOwnRules() {
    String tuple = "\"items\":[{\"type\":\"string\"}]";
    Schema old =
        Schema.compile(
            json("{\"$schema\":\"http://json-schema.org/draft-07/schema#\"," + tuple + "}"));
    assertThat(old.problem(node("[1]"), "value")).isPresent();
    assertThat(old.problem(node("[\"1\"]"), "value")).isEmpty();
  }

  @Test
  void tellsWhereInTheArgumentsTheLibraryFoundAProblem() {
    assertThat(Schema.compile(json(RICH)).problem(node("{\"street\":\"main\"}"), "arguments"))
        .get()
        .asString()
        .startsWith("arguments/street: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"objekt\"}",
        "{\"type\":\"object\",\"required\":\"a\"}",
        "{\"minLength\":-1}",
        "{\"properties\":{\"a\":{\"type\":5}}}",
        "{\"pattern\":\"(\"}",
        "{\"$schema\":\"https://schemas.example/unknown\",\"type\":\"object\"}",
        "{\"$ref\":\"#/$defs/nowhere\"}",
        "{\"$ref\":\"#\"}",
        "{\"$ref\":\"classpath:schema.json\"}"
      })
  void refusesWhatIsNoSchemaInOneLine(String schema) {
    assertThatThrownBy(() -> Schema.compile(json(schema)))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .isNotBlank()
        .doesNotContain("\n");
  }

  @ParameterizedTest
  @CsvSource({
    "1e30, true",
    "1e400, false",
    "-1e30, false",
    "1e19, true",
    "2e-1, false",
    "3, true",
    "-3, false"
  })
  void comparesWholeNumbersWrittenWithAnExponent(String number, boolean fits) {
    Schema schema =
        Schema.compile(json("{'type':'integer','exclusiveMinimum':-3}".replace('\'', '"')));
    assertThat(schema.problem(node("[" + number + "]").get(0), "n").isEmpty()).isEqualTo(fits);
  }

  @Test
  void refusesToFetchAReference() throws IOException {
    try (ServerSocket canary = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "http://127.0.0.1:" + canary.getLocalPort() + "/schema.json";
      assertThatThrownBy(() -> Schema.compile(json("{\"$ref\":\"" + address + "\"}")))
          .isInstanceOf(IllegalArgumentException.class);
      canary.setSoTimeout(1);
      assertThatThrownBy(canary::accept).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void refusesASchemaThatIsTooDeepOrTooLarge() {
    ObjectNode deep = JsonNodeFactory.instance.objectNode();
    ObjectNode at = deep;
    for (int i = 0; i <= Schema.MAX_DEPTH; i++) {
      at = at.putObject("items");
    }
    assertThatThrownBy(() -> Schema.compile(deep)).hasMessageContaining("deeper than");
    ObjectNode large = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i <= Schema.MAX_NODES; i++) {
      large.withArrayProperty("required").add("name" + i);
    }
    assertThatThrownBy(() -> Schema.compile(large)).hasMessageContaining("larger than");
  }

  private static ObjectNode json(String text) {
    return (ObjectNode) node(text);
  }

  private static JsonNode node(String text) {
    return JsonLimits.mapper().readTree(text);
  }
}
