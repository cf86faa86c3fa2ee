package dev.plumbline.server.api;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Texts, numbers, booleans, and JSON as it is. */
record ScalarShape(String type, Reader reader, Function<Object, JsonNode> writer)
    implements ValueShape {
  /** From JSON to one Java type. */
  @FunctionalInterface
  interface Reader {
    Object read(JsonNode value) throws Mismatch;
  }

  private static final int MAX_DIGITS = 1_000;
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private static final ScalarShape INT =
      new ScalarShape(
          "integer", value -> whole(value).intValueExact(), v -> JSON.numberNode((int) v));

  private static final ScalarShape LONG =
      new ScalarShape(
          "integer", value -> whole(value).longValueExact(), v -> JSON.numberNode((long) v));

  private static final ScalarShape DOUBLE =
      new ScalarShape(
          "number", value -> number(value).doubleValue(), v -> JSON.numberNode((double) v));

  private static final ScalarShape BOOLEAN =
      new ScalarShape("boolean", ScalarShape::truth, v -> JSON.booleanNode((boolean) v));

  private static final Map<Class<?>, ScalarShape> BY_TYPE =
      Map.ofEntries(
          Map.entry(
              String.class,
              new ScalarShape("string", ScalarShape::text, v -> JSON.stringNode((String) v))),
          Map.entry(int.class, INT),
          Map.entry(Integer.class, INT),
          Map.entry(long.class, LONG),
          Map.entry(Long.class, LONG),
          Map.entry(double.class, DOUBLE),
          Map.entry(Double.class, DOUBLE),
          Map.entry(boolean.class, BOOLEAN),
          Map.entry(Boolean.class, BOOLEAN),
          Map.entry(
              BigInteger.class,
              new ScalarShape("integer", ScalarShape::whole, v -> JSON.numberNode((BigInteger) v))),
          Map.entry(
              BigDecimal.class,
              new ScalarShape("number", ScalarShape::number, v -> JSON.numberNode((BigDecimal) v))),
          Map.entry(JsonNode.class, new ScalarShape("", value -> value, v -> (JsonNode) v)),
          Map.entry(
              ObjectNode.class, new ScalarShape("object", ScalarShape::object, v -> (JsonNode) v)));

  /** The shape of a type, or null when it is none of these. */
  static @Nullable ScalarShape of(Class<?> type) {
    return BY_TYPE.get(type);
  }

  @Override
  public ObjectNode schema(boolean closed) {
    ObjectNode schema = JSON.objectNode();
    return type.isEmpty() ? schema : schema.put("type", type);
  }

  @Override
  public Object read(JsonNode value) throws Mismatch {
    try {
      return reader.read(value);
    } catch (ArithmeticException e) {
      throw new Mismatch("is too large");
    }
  }

  @Override
  public JsonNode write(Object value) {
    return writer.apply(value);
  }

  private static String text(JsonNode value) throws Mismatch {
    if (!value.isString()) {
      throw new Mismatch("must be of type string");
    }
    return value.stringValue();
  }

  private static Boolean truth(JsonNode value) throws Mismatch {
    if (!value.isBoolean()) {
      throw new Mismatch("must be of type boolean");
    }
    return value.booleanValue();
  }

  private static BigDecimal number(JsonNode value) throws Mismatch {
    if (!value.isNumber()) {
      throw new Mismatch("must be of type number");
    }
    if (!value.isIntegralNumber() && Double.isInfinite(value.doubleValue())) {
      throw new Mismatch("is too large");
    }
    return value.decimalValue();
  }

  /** A number with a zero fraction is a whole one (2020-12 validation, type). */
  private static BigInteger whole(JsonNode value) throws Mismatch {
    if (value.isInt() || value.isLong()) {
      return BigInteger.valueOf(value.longValue());
    }
    BigDecimal number = number(value);
    // Written out, 1e999999999 would fill the memory.
    if (number.precision() - (long) number.scale() > MAX_DIGITS) {
      throw new Mismatch("is too large");
    }
    try {
      return number.toBigIntegerExact();
    } catch (ArithmeticException e) {
      throw new Mismatch("must be of type integer");
    }
  }

  private static ObjectNode object(JsonNode value) throws Mismatch {
    if (!(value instanceof ObjectNode object)) {
      throw new Mismatch("must be of type object");
    }
    return object;
  }
}
