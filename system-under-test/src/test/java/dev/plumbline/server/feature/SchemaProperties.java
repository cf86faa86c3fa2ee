package dev.plumbline.server.feature;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class SchemaProperties {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int DEPTH = 3;
  private static final List<String> NAMES = List.of("a", "b", "c");
  private static final List<String> TEXTS = List.of("", "x", "xy", "äö", "🪢🪢", "integer", "1");
  private static final List<String> TYPES =
      List.of("object", "array", "string", "number", "integer", "boolean", "null");

  /** The direct checks and the library agree on every value, for every schema both can read. */
  @Property(tries = 1_500)
  void quickAndFullChecksGiveTheSameVerdict(
      @ForAll("schemas") ObjectNode schema, @ForAll("values") JsonNode value) {
    Optional<QuickCheck.Check> quick = QuickCheck.of(schema);
    assertThat(quick).as("covered: %s", schema).isPresent();
    boolean fits = quick.orElseThrow().problem(value) == null;
    Statistics.label("verdict").collect(fits);
    assertThat(FullCheck.of(schema).problem(value, "value").isEmpty())
        .as("%s under %s", value, schema)
        .isEqualTo(fits);
  }

  @Provide
  Arbitrary<ObjectNode> schemas() {
    return schemas(DEPTH);
  }

  private static Arbitrary<ObjectNode> schemas(int depth) {
    Arbitrary<ObjectNode> plain =
        Arbitraries.maps(keywords(), Arbitraries.integers().between(0, 6))
            .ofMaxSize(3)
            .map(SchemaProperties::plain);
    if (depth == 0) {
      return plain;
    }
    Arbitrary<ObjectNode> below = Arbitraries.lazy(() -> schemas(depth - 1));
    return Arbitraries.frequencyOf(
        net.jqwik.api.Tuple.of(1, plain),
        net.jqwik.api.Tuple.of(
            1,
            Combinators.combine(plain, below)
                .as((schema, items) -> schema.set("items", items))
                .map(ObjectNode.class::cast)),
        net.jqwik.api.Tuple.of(
            3,
            Combinators.combine(
                    plain,
                    Arbitraries.maps(Arbitraries.of(NAMES), below).ofMaxSize(3),
                    Arbitraries.of(NAMES).set().ofMaxSize(2),
                    below.optional(),
                    Arbitraries.integers().between(0, 2))
                .as(
                    (schema, properties, required, others, closed) -> {
                      if (!properties.isEmpty()) {
                        ObjectNode target = schema.putObject("properties");
                        properties.forEach(target::set);
                      }
                      required.forEach(schema.putArray("required")::add);
                      if (closed == 1) {
                        schema.put("additionalProperties", false);
                      } else if (closed == 2) {
                        others.ifPresent(other -> schema.set("additionalProperties", other));
                      }
                      return schema;
                    })));
  }

  private static Arbitrary<String> keywords() {
    return Arbitraries.of(
        "type",
        "enum",
        "minimum",
        "maximum",
        "minLength",
        "maxLength",
        "minItems",
        "maxItems",
        "description");
  }

  private static ObjectNode plain(Map<String, Integer> keywords) {
    ObjectNode schema = JSON.objectNode();
    keywords.forEach(
        (keyword, number) -> {
          switch (keyword) {
            case "type" -> schema.put("type", TYPES.get(number));
            case "enum" ->
                TEXTS.subList(number, TEXTS.size()).forEach(schema.putArray("enum")::add);
            case "minimum" -> schema.put("minimum", number - 3);
            case "maximum" -> schema.put("maximum", new BigDecimal(number).movePointLeft(1));
            case "description" -> schema.put("description", "d");
            default -> schema.put(keyword, number / 2);
          }
        });
    return schema;
  }

  @Provide
  Arbitrary<JsonNode> values() {
    return values(DEPTH);
  }

  private static Arbitrary<JsonNode> values(int depth) {
    Arbitrary<JsonNode> scalars =
        Arbitraries.oneOf(
            Arbitraries.of(TEXTS).map(JSON::stringNode),
            Arbitraries.integers().between(-4, 7).map(JSON::numberNode),
            Arbitraries.of(
                    "0.0",
                    "1.0",
                    "0.5",
                    "1e2",
                    "1e30",
                    "-1e30",
                    "1e19",
                    "-2.50",
                    "12345678901234567890")
                .map(number -> JSON.numberNode(new BigDecimal(number))),
            Arbitraries.of(0.0, 1.0, 0.5, -3.0, 1e30, -1e19, 1e308).map(JSON::numberNode),
            Arbitraries.of(true, false).map(JSON::booleanNode),
            Arbitraries.just(JSON.nullNode()));
    if (depth == 0) {
      return scalars;
    }
    Arbitrary<JsonNode> below = Arbitraries.lazy(() -> values(depth - 1));
    return Arbitraries.oneOf(
        scalars,
        below.list().ofMaxSize(3).map(SchemaProperties::array),
        Arbitraries.maps(Arbitraries.of("a", "b", "c", "d"), below)
            .ofMaxSize(3)
            .map(SchemaProperties::object));
  }

  private static JsonNode array(List<JsonNode> items) {
    ArrayNode array = JSON.arrayNode();
    items.forEach(array::add);
    return array;
  }

  private static JsonNode object(Map<String, JsonNode> members) {
    ObjectNode object = JSON.objectNode();
    members.forEach(object::set);
    return object;
  }
}
