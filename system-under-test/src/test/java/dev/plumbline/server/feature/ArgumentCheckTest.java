package dev.plumbline.server.feature;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class ArgumentCheckTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String SCHEMA =
      """
      {"type":"object","additionalProperties":false,"required":["n"],"properties":{
        "n":{"type":"integer","minimum":-2,"maximum":5},
        "s":{"type":"string","minLength":1,"maxLength":3},
        "e":{"enum":["x","y"]},
        "o":{"type":"object","required":["b"],"properties":{"b":{"type":"boolean"}}}}}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"n\":1}|",
        "{\"n\":-2,\"s\":\"äöü\",\"e\":\"x\",\"o\":{\"b\":true}}|",
        "{}|arguments needs n",
        "{\"n\":\"1\"}|arguments.n must be of type integer",
        "{\"n\":1.5}|arguments.n must be of type integer",
        "{\"n\":-3}|arguments.n must be at least -2",
        "{\"n\":6}|arguments.n must be at most 5",
        "{\"n\":1,\"z\":0}|arguments must not have z",
        "{\"n\":1,\"s\":\"\"}|arguments.s must have at least 1 characters",
        "{\"n\":1,\"s\":\"abcd\"}|arguments.s must have at most 3 characters",
        "{\"n\":1,\"e\":\"z\"}|arguments.e must be one of [\"x\",\"y\"]",
        "{\"n\":1,\"o\":{}}|arguments.o needs b",
        "{\"n\":1,\"o\":{\"b\":0}}|arguments.o.b must be of type boolean"
      })
  void namesTheFirstThingThatIsWrong(String arguments, String problem) {
    assertThat(
            ArgumentCheck.problem(JSON.readTree(SCHEMA), JSON.readTree(arguments), "arguments")
                .orElse(null))
        .isEqualTo(problem);
  }
}
