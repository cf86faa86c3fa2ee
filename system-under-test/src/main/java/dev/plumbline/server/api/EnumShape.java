package dev.plumbline.server.api;

import java.lang.reflect.Field;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Enum constants by their names; titled ones become a {@code oneOf} of constants, the form the
 * elicitation page gives for titled choices.
 */
final class EnumShape implements ValueShape {
  private final Map<String, Object> constants = new LinkedHashMap<>();
  private final Map<String, String> titles = new LinkedHashMap<>();

  EnumShape(Class<?> type) {
    for (Field field : type.getDeclaredFields()) {
      Title title = field.getAnnotation(Title.class);
      if (field.isEnumConstant() && title != null) {
        titles.put(field.getName(), title.value());
      }
    }
    for (Object constant : type.getEnumConstants()) {
      constants.put(((Enum<?>) constant).name(), constant);
    }
    if (constants.isEmpty()) {
      throw new IllegalArgumentException(type.getSimpleName() + " has no constant");
    }
  }

  /** The names, in order. */
  Iterable<String> names() {
    return constants.keySet();
  }

  @Override
  public ObjectNode schema(boolean closed) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "string");
    choices(schema, "oneOf");
    return schema;
  }

  /** Adds the constants: as enum, or with their titles under the given keyword. */
  void choices(ObjectNode schema, String titled) {
    ArrayNode choices = schema.putArray(titles.isEmpty() ? "enum" : titled);
    for (String name : constants.keySet()) {
      if (titles.isEmpty()) {
        choices.add(name);
      } else {
        choices.addObject().put("const", name).put("title", titles.getOrDefault(name, name));
      }
    }
  }

  @Override
  public Object read(JsonNode value) throws Mismatch {
    Object constant = value.isString() ? constants.get(value.stringValue()) : null;
    if (constant == null) {
      throw new Mismatch("must be one of " + String.join(", ", constants.keySet()));
    }
    return constant;
  }

  @Override
  public JsonNode write(Object value) {
    return JsonNodeFactory.instance.stringNode(((Enum<?>) value).name());
  }
}
