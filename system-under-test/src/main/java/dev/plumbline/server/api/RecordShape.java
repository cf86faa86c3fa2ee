package dev.plumbline.server.api;

import dev.plumbline.server.feature.Schema;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A record as a JSON object. Reflection happens once, here; what runs per call are method handles.
 */
final class RecordShape implements ValueShape {
  /** Records inside records; a record that contains itself runs into this. */
  private static final int MAX_DEPTH = 16;

  private static final ClassValue<RecordShape> SHAPES =
      new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
          return new RecordShape(type, 0);
        }
      };

  private final Class<?> type;
  private final List<Field> fields = new ArrayList<>();
  private final MethodHandle constructor;
  private final Schema compiled;

  RecordShape(Class<?> type, int depth) {
    this.type = type;
    if (!type.isRecord()) {
      throw new IllegalArgumentException(type.getSimpleName() + " is not a record");
    }
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException(
          type.getSimpleName() + " contains itself, or is nested deeper than " + MAX_DEPTH);
    }
    RecordComponent[] components = type.getRecordComponents();
    for (RecordComponent component : components) {
      fields.add(Field.of(type, component, depth));
    }
    this.constructor = constructor(type, components);
    this.compiled = Schema.compile(schema(false));
  }

  /**
   * The shape of a record class; made once.
   *
   * @throws IllegalArgumentException in one line, when the record holds what JSON cannot
   */
  static RecordShape of(Class<?> type) {
    return SHAPES.get(type);
  }

  private static MethodHandle constructor(Class<?> type, RecordComponent[] components) {
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<?> canonical = type.getDeclaredConstructor(types);
      canonical.setAccessible(true);
      return MethodHandles.lookup()
          .unreflectConstructor(canonical)
          .asSpreader(Object[].class, types.length)
          .asType(MethodType.methodType(Object.class, Object[].class));
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw new IllegalArgumentException(type.getSimpleName() + " cannot be constructed", e);
    }
  }

  List<Field> fields() {
    return fields;
  }

  /** The compiled schema, open to members nobody reads. */
  Schema compiled() {
    return compiled;
  }

  @Override
  public ObjectNode schema(boolean closed) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
    if (closed) {
      schema.put("additionalProperties", false);
    }
    if (!fields.isEmpty()) {
      ObjectNode properties = schema.putObject("properties");
      fields.forEach(field -> properties.set(field.name(), field.schema(closed)));
    }
    List<String> required = fields.stream().filter(Field::required).map(Field::name).toList();
    if (!required.isEmpty()) {
      required.forEach(schema.putArray("required")::add);
    }
    return schema;
  }

  @Override
  public Object read(JsonNode value) throws Mismatch {
    if (!value.isObject()) {
      throw new Mismatch("must be of type object");
    }
    Object[] values = new Object[fields.size()];
    for (int i = 0; i < values.length; i++) {
      Field field = fields.get(i);
      try {
        values[i] = field.read(value.get(field.name()));
      } catch (Mismatch e) {
        throw e.below("." + field.name());
      }
    }
    try {
      return (Object) constructor.invokeExact(values);
    } catch (IllegalArgumentException e) {
      // A compact constructor that refuses says why, to whoever gave the values.
      throw new Mismatch("is refused: " + e.getMessage());
    } catch (Throwable e) {
      throw new IllegalStateException(type.getSimpleName() + " could not be constructed", e);
    }
  }

  @Override
  public JsonNode write(Object value) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (Field field : fields) {
      field.write(value, object);
    }
    return object;
  }
}
