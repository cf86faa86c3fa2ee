package dev.plumbline.server.protocol;

import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The limits of the JSON reader and the mapper that keeps them. */
public final class JsonLimits {
  /** Largest message in bytes (C10). */
  public static final int MAX_MESSAGE_BYTES = 10_485_760;

  /** Deepest nesting of objects and arrays. */
  public static final int MAX_DEPTH = 64;

  /**
   * Most tokens of one message: braces, brackets, names and values. A tree takes up to about 60
   * bytes of the heap for each, which without a bound would be a hundred times the message.
   */
  public static final int MAX_TOKENS = 1_000_000;

  /** Longest number in characters. */
  public static final int MAX_NUMBER_LENGTH = 256;

  /** Longest object key in characters. */
  public static final int MAX_NAME_LENGTH = 8_192;

  /** Most messages in one batch. */
  public static final int MAX_BATCH = 100;

  /** Longest id in characters; an id is echoed and remembered. */
  public static final int MAX_ID_LENGTH = 1_024;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxTokenCount(MAX_TOKENS)
                          .maxNumberLength(MAX_NUMBER_LENGTH)
                          .maxNameLength(MAX_NAME_LENGTH)
                          .maxStringLength(MAX_MESSAGE_BYTES)
                          .maxDocumentLength(MAX_MESSAGE_BYTES)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          // A tree is read from the middle of an envelope; the decoder checks the end itself.
          .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private JsonLimits() {}

  /** The strict mapper. */
  public static JsonMapper mapper() {
    return MAPPER;
  }
}
