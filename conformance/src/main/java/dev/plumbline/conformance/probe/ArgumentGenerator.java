package dev.plumbline.conformance.probe;

import dev.plumbline.conformance.wire.Messages;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes a small value that a JSON Schema accepts: only what is required, small numbers, {@code
 * false} rather than {@code true}. The same seed gives the same value. Whether the value really
 * satisfies the schema is for {@link InputSchema} to say.
 */
final class ArgumentGenerator {
  /** No value can be made; the message says why. */
  static final class UnsatisfiableException extends Exception {
    private static final long serialVersionUID = 1;

    UnsatisfiableException(String message) {
      super(message);
    }
  }

  private static final int MAX_DEPTH = 24;
  private static final int MAX_ITEMS = 16;
  private static final int MAX_STRING = 4_096;
  private static final JsonNodeFactory NODES = Messages.NODES;

  /** Tried against patterns that cannot be solved by looking at them. */
  private static final List<String> CANDIDATES =
      List.of(
          "plumbline",
          "a",
          "A",
          "1",
          "12",
          "123",
          "1234",
          "abc",
          "ABC",
          "a1",
          "A1",
          "a-b",
          "a_b",
          "2026-01-01",
          "2026-01-01T00:00:00Z",
          "00:00:00",
          "10115",
          "12345",
          "en",
          "en-US",
          "USD",
          "a@example.com",
          "https://example.com/",
          "/",
          "/a",
          "a.b",
          "v1.0.0",
          "1.0.0",
          "#000000",
          "127.0.0.1",
          "00000000-0000-4000-8000-000000000000",
          "+15550100",
          "true",
          "");

  private final JsonNode root;
  private final Random random;
  private final int choice;

  /**
   * @param root the schema local references point into
   * @param choice which alternative of {@code anyOf} and {@code oneOf} to try first
   */
  ArgumentGenerator(JsonNode root, long seed, int choice) {
    this.root = root;
    this.random = new Random(seed);
    this.choice = choice;
  }

  /** A value for the whole schema. */
  JsonNode generate() throws UnsatisfiableException {
    return value(root, 0);
  }

  private JsonNode value(JsonNode written, int depth) throws UnsatisfiableException {
    if (depth > MAX_DEPTH) {
      throw new UnsatisfiableException("the schema nests deeper than " + MAX_DEPTH);
    }
    if (written.isBoolean()) {
      if (written.booleanValue()) {
        return NODES.stringNode("plumbline");
      }
      throw new UnsatisfiableException("a part of the schema accepts nothing");
    }
    JsonNode schema = resolved(written, depth);
    if (schema.has("const")) {
      return schema.get("const").deepCopy();
    }
    if (schema.path("enum").isArray() && !schema.get("enum").isEmpty()) {
      return schema.get("enum").get(random.nextInt(schema.get("enum").size())).deepCopy();
    }
    if (schema.has("default")) {
      return schema.get("default").deepCopy();
    }
    if (schema.path("examples").isArray() && !schema.get("examples").isEmpty()) {
      return schema.get("examples").get(0).deepCopy();
    }
    return switch (type(schema)) {
      case "object" -> object(schema, depth);
      case "array" -> array(schema, depth);
      case "string" -> NODES.stringNode(string(schema));
      case "integer" -> NODES.numberNode(number(schema, true).toBigInteger());
      case "number" -> NODES.numberNode(number(schema, false));
      case "boolean" -> NODES.booleanNode(false);
      case "null" -> NODES.nullNode();
      default -> throw new UnsatisfiableException("unknown type " + type(schema));
    };
  }

  /** The schema with references, {@code allOf} and one alternative folded in. */
  private JsonNode resolved(JsonNode written, int depth) throws UnsatisfiableException {
    JsonNode schema = written;
    for (int hop = 0; schema.path("$ref").isString(); hop++) {
      if (hop > MAX_DEPTH) {
        throw new UnsatisfiableException("references lead in a circle");
      }
      ObjectNode beside = schema.isObject() ? (ObjectNode) schema.deepCopy() : Messages.object();
      beside.remove("$ref");
      schema = merged(beside, referenced(schema.get("$ref").stringValue()));
    }
    for (JsonNode part : schema.path("allOf")) {
      schema = merged(without(schema, "allOf"), resolved(part, depth + 1));
    }
    for (String keyword : List.of("anyOf", "oneOf")) {
      JsonNode options = schema.path(keyword);
      if (options.isArray() && !options.isEmpty()) {
        JsonNode option = options.get(choice % options.size());
        if (depth > MAX_DEPTH) {
          throw new UnsatisfiableException("the schema nests deeper than " + MAX_DEPTH);
        }
        schema = merged(without(schema, keyword), resolved(option, depth + 1));
      }
    }
    return schema;
  }

  private JsonNode referenced(String reference) throws UnsatisfiableException {
    // References to other documents are never followed: 2026-07-28 basic#ref-resolution.
    if (!reference.equals("#") && !reference.startsWith("#/")) {
      throw new UnsatisfiableException("the schema refers to " + reference);
    }
    JsonNode node = root;
    for (String step : reference.substring(1).split("/", -1)) {
      if (!step.isEmpty()) {
        String name = step.replace("~1", "/").replace("~0", "~");
        node =
            node.isArray() && name.matches("\\d{1,6}")
                ? node.path(Integer.parseInt(name))
                : node.path(name);
      }
    }
    if (node.isMissingNode()) {
      throw new UnsatisfiableException(
          "the schema refers to " + reference + ", which is not there");
    }
    return node;
  }

  private static JsonNode without(JsonNode schema, String keyword) {
    ObjectNode copy = (ObjectNode) schema.deepCopy();
    copy.remove(keyword);
    return copy;
  }

  private static JsonNode merged(JsonNode left, JsonNode right) {
    if (!left.isObject() || !right.isObject()) {
      return right.isObject() || (right.isBoolean() && !right.booleanValue()) ? right : left;
    }
    ObjectNode both = (ObjectNode) left.deepCopy();
    for (var entry : right.properties()) {
      JsonNode mine = both.path(entry.getKey());
      if (entry.getKey().equals("required") && mine.isArray() && entry.getValue().isArray()) {
        ArrayNode union = (ArrayNode) mine;
        entry.getValue().forEach(union::add);
      } else if (entry.getKey().equals("properties") && mine.isObject()) {
        entry
            .getValue()
            .properties()
            .forEach(p -> ((ObjectNode) mine).set(p.getKey(), p.getValue()));
      } else {
        both.set(entry.getKey(), entry.getValue());
      }
    }
    return both;
  }

  private static String type(JsonNode schema) {
    JsonNode type = schema.path("type");
    if (type.isString()) {
      return type.stringValue();
    }
    for (JsonNode one : type) {
      if (one.isString() && !one.stringValue().equals("null")) {
        return one.stringValue();
      }
    }
    if (schema.has("properties") || schema.has("required") || schema.has("additionalProperties")) {
      return "object";
    }
    if (schema.has("items") || schema.has("minItems") || schema.has("prefixItems")) {
      return "array";
    }
    return schema.has("minimum") || schema.has("maximum") || schema.has("multipleOf")
        ? "number"
        : "string";
  }

  private JsonNode object(JsonNode schema, int depth) throws UnsatisfiableException {
    ObjectNode object = Messages.object();
    for (JsonNode required : schema.path("required")) {
      String name = required.asString("");
      JsonNode property = schema.path("properties").path(name);
      if (property.isMissingNode()) {
        property = schema.path("additionalProperties");
      }
      JsonNode written = property.isMissingNode() ? NODES.booleanNode(true) : property;
      object.set(name, value(written, depth + 1));
    }
    return object;
  }

  private JsonNode array(JsonNode schema, int depth) throws UnsatisfiableException {
    int least = schema.path("minItems").asInt(0);
    if (least > MAX_ITEMS) {
      throw new UnsatisfiableException("an array needs " + least + " items");
    }
    ArrayNode array = NODES.arrayNode();
    JsonNode prefix = schema.path("prefixItems");
    for (int i = 0; i < least; i++) {
      JsonNode item = i < prefix.size() ? prefix.get(i) : schema.path("items");
      JsonNode made = value(item.isMissingNode() ? NODES.booleanNode(true) : item, depth + 1);
      boolean repeated = schema.path("uniqueItems").asBoolean(false) && contains(array, made);
      array.add(repeated && made.isString() ? NODES.stringNode(made.stringValue() + i) : made);
    }
    return array;
  }

  private static boolean contains(ArrayNode array, JsonNode value) {
    for (JsonNode one : array) {
      if (one.equals(value)) {
        return true;
      }
    }
    return false;
  }

  private BigDecimal number(JsonNode schema, boolean whole) throws UnsatisfiableException {
    BigDecimal step = schema.path("multipleOf").asDecimalOpt().orElse(null);
    BigDecimal unit = step != null && step.signum() > 0 ? step : BigDecimal.ONE;
    BigDecimal low = bound(schema, "minimum", "exclusiveMinimum", unit, 1);
    BigDecimal high = bound(schema, "maximum", "exclusiveMaximum", unit, -1);
    BigDecimal wanted = BigDecimal.valueOf(1L + random.nextInt(3));
    if (low != null && wanted.compareTo(low) < 0) {
      wanted = low;
    }
    if (high != null && wanted.compareTo(high) > 0) {
      wanted = high;
    }
    if (step != null && step.signum() > 0) {
      wanted = wanted.divide(step, 0, RoundingMode.CEILING).multiply(step);
    } else if (whole) {
      wanted = wanted.setScale(0, low != null ? RoundingMode.CEILING : RoundingMode.FLOOR);
    }
    if (wanted.abs().precision() - wanted.scale() > 300) {
      throw new UnsatisfiableException("a number is out of any range");
    }
    return wanted;
  }

  private static @org.jspecify.annotations.Nullable BigDecimal bound(
      JsonNode schema, String inclusive, String exclusive, BigDecimal unit, int direction) {
    JsonNode closed = schema.path(inclusive);
    JsonNode open = schema.path(exclusive);
    if (open.isNumber()) {
      return open.decimalValue().add(unit.multiply(BigDecimal.valueOf(direction)));
    }
    if (!closed.isNumber()) {
      return null;
    }
    // Draft 4 spells exclusiveness as a flag.
    boolean flagged = open.isBoolean() && open.booleanValue();
    BigDecimal value = closed.decimalValue();
    return flagged ? value.add(unit.multiply(BigDecimal.valueOf(direction))) : value;
  }

  private static String string(JsonNode schema) throws UnsatisfiableException {
    int least = schema.path("minLength").asInt(0);
    int most = schema.path("maxLength").asInt(MAX_STRING);
    if (least > MAX_STRING) {
      throw new UnsatisfiableException("a string needs " + least + " characters");
    }
    List<String> tried = new ArrayList<>();
    String format = schema.path("format").asString("");
    String fitting =
        switch (format) {
          case "date-time" -> "2026-01-01T00:00:00Z";
          case "date" -> "2026-01-01";
          case "time" -> "00:00:00Z";
          case "duration" -> "PT1S";
          case "email", "idn-email" -> "someone@example.com";
          case "hostname", "idn-hostname" -> "example.com";
          case "ipv4" -> "127.0.0.1";
          case "ipv6" -> "::1";
          case "uri", "iri", "url" -> "https://example.com/";
          case "uri-reference", "iri-reference" -> "/";
          case "uuid" -> "00000000-0000-4000-8000-000000000000";
          case "json-pointer" -> "/a";
          case "regex" -> "a";
          default -> "";
        };
    if (!fitting.isEmpty()) {
      tried.add(fitting);
    }
    tried.addAll(CANDIDATES);
    Pattern pattern = pattern(schema);
    for (String candidate : tried) {
      String padded =
          candidate.length() >= least
              ? candidate
              : candidate + "a".repeat(least - candidate.length());
      String cut = padded.length() <= most ? padded : padded.substring(0, Math.max(0, most));
      if (pattern.matcher(cut).find()) {
        return cut;
      }
    }
    throw new UnsatisfiableException("no string is known for the pattern " + pattern);
  }

  private static Pattern pattern(JsonNode schema) throws UnsatisfiableException {
    String pattern = schema.path("pattern").asString("");
    try {
      return Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      throw new UnsatisfiableException("the pattern " + pattern + " cannot be read");
    }
  }
}
