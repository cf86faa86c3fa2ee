package dev.plumbline.server.api;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A list of one kind of value. */
record ListShape(ValueShape item) implements ValueShape {
  @Override
  public ObjectNode schema(boolean closed) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "array");
    if (item instanceof EnumShape choice) {
      ObjectNode items = choice.schema(closed);
      if (items.has("oneOf")) {
        // Elicitation page, titled multi-select.
        items.removeAll();
        choice.choices(items, "anyOf");
      }
      schema.set("items", items);
    } else {
      schema.set("items", item.schema(closed));
    }
    return schema;
  }

  @Override
  public Object read(JsonNode value) throws Mismatch {
    if (!value.isArray()) {
      throw new Mismatch("must be of type array");
    }
    List<Object> items = new ArrayList<>(value.size());
    for (int i = 0; i < value.size(); i++) {
      try {
        items.add(item.read(value.get(i)));
      } catch (Mismatch e) {
        throw e.below("[" + i + "]");
      }
    }
    return Collections.unmodifiableList(items);
  }

  @Override
  public JsonNode write(Object value) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    ((List<?>) value).forEach(each -> array.add(item.write(each)));
    return array;
  }
}
