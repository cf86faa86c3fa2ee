package dev.plumbline.server.api;

import dev.plumbline.server.feature.Schema;
import dev.plumbline.server.protocol.JsonLimits;
import java.lang.reflect.RecordComponent;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** From the annotations of a record component to keywords of its schema. */
final class Keywords {
  private static final Set<String> MIRRORED = Set.of("string", "integer", "boolean");

  private final ObjectNode keywords = JsonNodeFactory.instance.objectNode();
  private final RecordComponent component;
  private final ObjectNode schema;
  private final String type;

  private Keywords(RecordComponent component, ValueShape shape) {
    this.component = component;
    this.schema = shape.schema(false);
    this.type = schema.path("type").asString("");
  }

  static ObjectNode of(RecordComponent component, ValueShape shape) {
    return new Keywords(component, shape).all();
  }

  private ObjectNode all() {
    copy(Title.class, "title");
    copy(Doc.class, "description");
    range(component.getAnnotation(Range.class));
    length(component.getAnnotation(Length.class));
    copy(Matches.class, "pattern");
    copy(Format.class, "format");
    fallback(component.getAnnotation(Default.class));
    if (component.isAnnotationPresent(Header.class)) {
      only("@Header", MIRRORED.contains(type));
      copy(Header.class, "x-mcp-header");
    }
    return keywords;
  }

  private void copy(Class<? extends java.lang.annotation.Annotation> kind, String keyword) {
    String text =
        switch (component.getAnnotation(kind)) {
          case Title title -> title.value();
          case Doc doc -> doc.value();
          case Matches matches -> text("@Matches", matches.value());
          case Format format -> text("@Format", format.value());
          case Header header -> header.value();
          case null, default -> null;
        };
    if (text != null) {
      keywords.put(keyword, text);
    }
  }

  private String text(String annotation, String value) {
    only(annotation, type.equals("string"));
    return value;
  }

  private static void only(String annotation, boolean fits) {
    if (!fits) {
      throw new IllegalArgumentException(annotation + " does not fit its type");
    }
  }

  private void range(@Nullable Range range) {
    if (range == null) {
      return;
    }
    only("@Range", type.equals("integer") || type.equals("number"));
    if (!(range.min() <= range.max())) {
      throw new IllegalArgumentException("@Range is empty");
    }
    number("minimum", range.min());
    number("maximum", range.max());
  }

  private void number(String keyword, double bound) {
    if (Double.isInfinite(bound)) {
      return;
    }
    if (bound == Math.rint(bound) && Math.abs(bound) < 0x1p53) {
      keywords.put(keyword, (long) bound);
    } else {
      keywords.put(keyword, bound);
    }
  }

  private void length(@Nullable Length length) {
    if (length == null) {
      return;
    }
    only("@Length", type.equals("string") || type.equals("array"));
    if (length.min() < 0 || length.min() > length.max()) {
      throw new IllegalArgumentException("@Length is empty");
    }
    String noun = type.equals("string") ? "Length" : "Items";
    if (length.min() > 0) {
      keywords.put("min" + noun, length.min());
    }
    if (length.max() < Integer.MAX_VALUE) {
      keywords.put("max" + noun, length.max());
    }
  }

  private void fallback(@Nullable Default fallback) {
    if (fallback == null) {
      return;
    }
    JsonNode value;
    try {
      value =
          type.equals("string")
              ? JsonNodeFactory.instance.stringNode(fallback.value())
              : JsonLimits.mapper().readTree(fallback.value());
    } catch (JacksonException e) {
      throw new IllegalArgumentException("@Default is not JSON", e);
    }
    Optional<String> problem =
        Schema.compile(schema.deepCopy().setAll(keywords)).problem(value, "");
    if (problem.isPresent()) {
      throw new IllegalArgumentException("the default" + problem.get());
    }
    keywords.set("default", value);
  }
}
