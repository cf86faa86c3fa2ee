package dev.plumbline.server.api;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One component of a record.
 *
 * @param optional true when the component is an {@link Optional}
 * @param fallback its value when it is not given; null for none
 * @param keywords what its annotations add to the schema
 */
record Field(
    String name,
    ValueShape shape,
    boolean required,
    boolean optional,
    @Nullable Object fallback,
    ObjectNode keywords,
    MethodHandle accessor) {
  static Field of(Class<?> owner, RecordComponent component, int depth) {
    String where = owner.getSimpleName() + "." + component.getName();
    try {
      boolean optional = component.getType() == Optional.class;
      ValueShape shape =
          optional
              ? Shapes.of(Shapes.argument(component.getGenericType(), 0), depth)
              : Shapes.of(component.getGenericType(), depth);
      ObjectNode keywords = Keywords.of(component, shape);
      Default fallback = component.getAnnotation(Default.class);
      boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
      if (nullable && component.getType().isPrimitive()) {
        throw new IllegalArgumentException("a primitive cannot be null");
      }
      return new Field(
          component.getName(),
          shape,
          !optional && !nullable && fallback == null,
          optional,
          fallback == null ? null : shape.read(keywords.path("default")),
          keywords,
          accessor(component.getAccessor()));
    } catch (Mismatch e) {
      throw new IllegalArgumentException(where + ": the default " + e.in("it").substring(3), e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
    }
  }

  private static MethodHandle accessor(Method method) {
    try {
      method.setAccessible(true);
      return MethodHandles.lookup()
          .unreflect(method)
          .asType(MethodType.methodType(Object.class, Object.class));
    } catch (IllegalAccessException | RuntimeException e) {
      throw new IllegalArgumentException("cannot be read", e);
    }
  }

  ObjectNode schema(boolean closed) {
    return shape.schema(closed).setAll(keywords);
  }

  @Nullable Object read(@Nullable JsonNode value) throws Mismatch {
    if (value == null) {
      if (required) {
        throw new Mismatch("is missing");
      }
      return optional ? Optional.ofNullable(fallback) : fallback;
    }
    Object read = shape.read(value);
    return optional ? Optional.of(read) : read;
  }

  void write(Object owner, ObjectNode target) {
    Object value = value(owner);
    if (value != null) {
      target.set(name, shape.write(value));
    }
  }

  private @Nullable Object value(Object owner) {
    Object value;
    try {
      value = (Object) accessor.invokeExact(owner);
    } catch (Throwable e) {
      throw new IllegalStateException(name + " could not be read", e);
    }
    return value instanceof Optional<?> maybe ? maybe.orElse(null) : value;
  }
}
