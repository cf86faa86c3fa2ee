package dev.plumbline.server.api;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;

/** From a Java type to its JSON form. */
final class Shapes {
  private Shapes() {}

  static ValueShape of(Type type, int depth) {
    if (type instanceof ParameterizedType generic) {
      return generic(generic, depth);
    }
    if (!(type instanceof Class<?> plain)) {
      throw unsupported(type);
    }
    ScalarShape scalar = ScalarShape.of(plain);
    if (scalar != null) {
      return scalar;
    }
    if (plain.isEnum()) {
      return new EnumShape(plain);
    }
    if (plain.isRecord()) {
      return new RecordShape(plain, depth + 1);
    }
    throw unsupported(type);
  }

  private static ValueShape generic(ParameterizedType type, int depth) {
    if (type.getRawType() == List.class) {
      return new ListShape(of(argument(type, 0), depth));
    }
    if (type.getRawType() == Map.class && argument(type, 0) == String.class) {
      return new MapShape(of(argument(type, 1), depth));
    }
    throw unsupported(type);
  }

  /** One type argument of a generic type. */
  static Type argument(Type type, int index) {
    if (type instanceof ParameterizedType generic) {
      return generic.getActualTypeArguments()[index];
    }
    throw unsupported(type);
  }

  private static IllegalArgumentException unsupported(Type type) {
    return new IllegalArgumentException(
        type.getTypeName()
            + " has no JSON form; known: String, whole and decimal numbers, boolean, enums, records,"
            + " List, Map with String keys, Optional, JsonNode");
  }
}
