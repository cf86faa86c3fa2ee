package dev.plumbline.evidence.model;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.io.IOException;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.AnnotationIntrospector;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;

/**
 * The one JSON form of the vocabulary. Reading is strict: unknown properties, duplicate keys, null
 * or missing record components that are not {@link Nullable}, trailing content and scalar coercions
 * are errors. Writing is stable: the same value gives the same bytes.
 */
public final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .annotationIntrospector(
              AnnotationIntrospector.pair(new NullRefusal(), new JacksonAnnotationIntrospector()))
          .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  /** The category of surrogates that stand alone. */
  private static final Pattern HALF_A_PAIR = Pattern.compile("\\p{Cs}");

  private Json() {}

  /** The configured mapper, for trees and for types that need it directly. */
  public static JsonMapper mapper() {
    return MAPPER;
  }

  /** The value as indented JSON with a final newline. */
  public static String write(Object value) {
    return encodable(MAPPER.writeValueAsString(value).replace("\r\n", "\n")) + "\n";
  }

  /**
   * A target may send half a surrogate pair as a JSON escape. UTF-8 cannot hold it, so it is
   * written as the escape it came as (RFC 8259 §8.2) and reads back as the same string.
   */
  private static String encodable(String json) {
    return HALF_A_PAIR
        .matcher(json)
        .replaceAll(half -> "\\\\u" + HexFormat.of().toHexDigits(half.group().charAt(0)));
  }

  /** Writes the value to a file in UTF-8. */
  public static void write(Path file, Object value) throws IOException {
    Files.writeString(file, write(value), StandardCharsets.UTF_8);
  }

  /**
   * Reads a value.
   *
   * @throws IOException when the text is not the JSON form of the type; one line
   */
  public static <T> T read(String json, Class<T> type) throws IOException {
    try {
      T value = MAPPER.readValue(json, type);
      if (value == null) {
        throw new IOException("expected a " + type.getSimpleName() + ", found null");
      }
      return value;
    } catch (JacksonException e) {
      throw new IOException(e.getOriginalMessage(), e);
    }
  }

  /**
   * Reads a value from a file.
   *
   * @throws IOException when the file is missing or malformed; the message names it
   */
  public static <T> T read(Path file, Class<T> type) throws IOException {
    try {
      return read(Files.readString(file, StandardCharsets.UTF_8), type);
    } catch (java.nio.file.NoSuchFileException e) {
      throw new IOException(file.getFileName() + " is missing", e);
    } catch (IOException e) {
      throw new IOException(file.getFileName() + ": " + e.getMessage(), e);
    }
  }

  /**
   * Parses any JSON text strictly.
   *
   * @throws IOException when it is not JSON; one line
   */
  public static JsonNode parse(String json) throws IOException {
    try {
      return MAPPER.readTree(json);
    } catch (JacksonException e) {
      throw new IOException(e.getOriginalMessage(), e);
    }
  }

  /**
   * Makes a record's own {@code @Nullable} the rule for its JSON: everything else must be there.
   */
  private static final class NullRefusal extends NopAnnotationIntrospector {
    private static final long serialVersionUID = 1;

    @Override
    public JsonSetter.Value findSetterInfo(MapperConfig<?> config, Annotated member) {
      if (member instanceof AnnotatedParameter parameter
          && parameter.getOwner().getAnnotated() instanceof Constructor<?> constructor
          && constructor.getDeclaringClass().isRecord()) {
        if (parameter.getRawType() == Optional.class) {
          return JsonSetter.Value.empty(); // written as null, read back as empty
        }
        AnnotatedType type = constructor.getAnnotatedParameterTypes()[parameter.getIndex()];
        return JsonSetter.Value.forValueNulls(
            type.isAnnotationPresent(Nullable.class) ? Nulls.SET : Nulls.FAIL);
      }
      return JsonSetter.Value.empty();
    }
  }
}
