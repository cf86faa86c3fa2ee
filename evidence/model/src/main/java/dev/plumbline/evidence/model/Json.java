package dev.plumbline.evidence.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The one JSON form of the vocabulary. Reading is strict: unknown properties, duplicate keys,
 * missing record components of primitive type, trailing content and scalar coercions are errors.
 * Writing is stable: the same value gives the same bytes.
 */
public final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private Json() {}

  /** The configured mapper, for trees and for types that need it directly. */
  public static JsonMapper mapper() {
    return MAPPER;
  }

  /** The value as indented JSON with a final newline. */
  public static String write(Object value) {
    return MAPPER.writeValueAsString(value).replace("\r\n", "\n") + "\n";
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
}
