package dev.plumbline.server.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A map from texts to one kind of value. */
record MapShape(ValueShape member) implements ValueShape {
  @Override
  public ObjectNode schema(boolean closed) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
    schema.set("additionalProperties", member.schema(closed));
    return schema;
  }

  @Override
  public Object read(JsonNode value) throws Mismatch {
    if (!value.isObject()) {
      throw new Mismatch("must be of type object");
    }
    Map<String, Object> members = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      try {
        members.put(entry.getKey(), member.read(entry.getValue()));
      } catch (Mismatch e) {
        throw e.below("." + entry.getKey());
      }
    }
    return Collections.unmodifiableMap(members);
  }

  @Override
  public JsonNode write(Object value) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    ((Map<?, ?>) value).forEach((key, each) -> object.set((String) key, member.write(each)));
    return object;
  }
}
