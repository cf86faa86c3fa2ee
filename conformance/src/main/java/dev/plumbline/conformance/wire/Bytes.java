package dev.plumbline.conformance.wire;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * Immutable bytes. In JSON {@code {"text": "..."}} when they are valid UTF-8, else {@code
 * {"base64": "..."}}.
 */
public final class Bytes {
  /** No bytes. */
  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private static final String TEXT = "text";
  private static final String BASE64 = "base64";

  private final byte[] content;

  private Bytes(byte[] content) {
    this.content = content;
  }

  /** A copy of the array. */
  public static Bytes of(byte[] content) {
    return new Bytes(content.clone());
  }

  /** The text in UTF-8. */
  public static Bytes text(String text) {
    return new Bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static Bytes fromJson(Map<String, String> form) {
    String text = form.get(TEXT);
    String base64 = form.get(BASE64);
    if (form.size() != 1 || (text == null) == (base64 == null)) {
      throw new IllegalArgumentException("bytes need either text or base64");
    }
    return text != null ? text(text) : new Bytes(Base64.getDecoder().decode(base64));
  }

  @JsonValue
  Map<String, String> toJson() {
    return utf8()
        .map(text -> Map.of(TEXT, text))
        .orElseGet(() -> Map.of(BASE64, Base64.getEncoder().encodeToString(content)));
  }

  /** A copy of the bytes. */
  public byte[] toArray() {
    return content.clone();
  }

  /** How many bytes there are. */
  public int size() {
    return content.length;
  }

  /** The text, or empty when the bytes are not valid UTF-8. */
  public Optional<String> utf8() {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** The text for people: what is not UTF-8 shows as replacement characters. */
  public String text() {
    return new String(content, StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && Arrays.equals(content, that.content);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(content);
  }

  @Override
  public String toString() {
    return text();
  }
}
