package dev.plumbline.server.protocol;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The streaming decoder: walks the envelope token by token and builds a tree only of {@code
 * params}. Strict: UTF-8 only (RFC 8259 §8.1), no duplicate keys, no trailing content, bounded
 * depth, length and batch size.
 */
public final class StrictDecoder implements Decoder {
  private static final int GUESSED_FROM_BYTES = 4;

  @Override
  public Decoded decode(byte[] bytes) {
    if (bytes.length > JsonLimits.MAX_MESSAGE_BYTES) {
      return malformed(ErrorCode.INVALID_REQUEST, "message is larger than 10 MiB", null);
    }
    if (!Utf8.isValid(bytes, 0, bytes.length) || looksLikeAnotherEncoding(bytes)) {
      return malformed(ErrorCode.PARSE_ERROR, "not UTF-8", null);
    }
    Envelope envelope = new Envelope();
    try (JsonParser parser = JsonLimits.mapper().createParser(bytes)) {
      JsonToken first = parser.nextToken();
      if (first == JsonToken.START_ARRAY) {
        return batch(parser);
      }
      if (first != JsonToken.START_OBJECT) {
        finish(parser);
        return first == null
            ? malformed(ErrorCode.PARSE_ERROR, "empty message", null)
            : malformed(ErrorCode.INVALID_REQUEST, "a message is a JSON object", null);
      }
      envelope.read(parser);
      if (parser.nextToken() != null) {
        return malformed(ErrorCode.PARSE_ERROR, "content after the message", null);
      }
    } catch (JacksonException e) {
      return malformed(ErrorCode.PARSE_ERROR, "not a JSON text within the limits", null);
    }
    return envelope.judge();
  }

  /**
   * The parser guesses an encoding from a byte order mark or from zeros among the first bytes. No
   * JSON text in UTF-8 has either: a mark must not be sent (RFC 8259 §8.1), and a zero is no token.
   */
  private static boolean looksLikeAnotherEncoding(byte[] bytes) {
    for (int i = 0; i < Math.min(bytes.length, GUESSED_FROM_BYTES); i++) {
      if (bytes[i] == 0) {
        return true;
      }
    }
    return bytes.length >= 3
        && bytes[0] == (byte) 0xEF
        && bytes[1] == (byte) 0xBB
        && bytes[2] == (byte) 0xBF;
  }

  private static Decoded batch(JsonParser parser) {
    List<Decoded> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (items.size() == JsonLimits.MAX_BATCH) {
        finish(parser);
        return malformed(ErrorCode.INVALID_REQUEST, "the batch is too long", null);
      }
      if (parser.currentToken() == JsonToken.START_OBJECT) {
        Envelope envelope = new Envelope();
        envelope.read(parser);
        items.add(envelope.judge());
      } else {
        parser.skipChildren();
        items.add(malformed(ErrorCode.INVALID_REQUEST, "a message is a JSON object", null));
      }
    }
    if (parser.nextToken() != null) {
      return malformed(ErrorCode.PARSE_ERROR, "content after the message", null);
    }
    return items.isEmpty()
        ? malformed(ErrorCode.INVALID_REQUEST, "an empty batch", null)
        : new Decoded.Batch(items);
  }

  /** Reads to the end, so that broken JSON is a parse error whatever its first token. */
  private static void finish(JsonParser parser) {
    JsonToken token = parser.currentToken();
    while (token != null) {
      token = parser.nextToken();
    }
  }

  private static Decoded.Malformed malformed(
      ErrorCode code, String detail, @Nullable RequestId id) {
    return new Decoded.Malformed(RpcError.of(code, detail), id);
  }

  /** The members of one envelope as they stream by. */
  private static final class Envelope {
    private boolean versionRight;
    private boolean idPresent;
    private @Nullable RequestId id;
    private boolean methodPresent;
    private @Nullable String method;
    private boolean paramsRight = true;
    private @Nullable ObjectNode params;
    private boolean resultPresent;
    private @Nullable ObjectNode result;
    private boolean errorPresent;
    private @Nullable RpcError error;

    void read(JsonParser parser) {
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        switch (name) {
          case "jsonrpc" ->
              versionRight = value == JsonToken.VALUE_STRING && parser.getString().equals("2.0");
          case "id" -> {
            idPresent = true;
            id = readId(parser, value);
          }
          case "method" -> {
            methodPresent = true;
            method = value == JsonToken.VALUE_STRING ? parser.getString() : null;
          }
          case "params" -> {
            if (value == JsonToken.START_OBJECT) {
              params = (ObjectNode) JsonLimits.mapper().readTree(parser);
              continue;
            }
            paramsRight = false;
          }
          case "result" -> {
            resultPresent = true;
            if (value == JsonToken.START_OBJECT) {
              result = (ObjectNode) JsonLimits.mapper().readTree(parser);
              continue;
            }
          }
          case "error" -> {
            errorPresent = true;
            if (value == JsonToken.START_OBJECT) {
              error = readError((ObjectNode) JsonLimits.mapper().readTree(parser));
              continue;
            }
          }
          default -> {}
        }
        parser.skipChildren();
      }
    }

    private static @Nullable RequestId readId(JsonParser parser, @Nullable JsonToken value) {
      if (value != JsonToken.VALUE_STRING && value != JsonToken.VALUE_NUMBER_INT) {
        return null;
      }
      String text = parser.getString();
      if (text.length() > JsonLimits.MAX_ID_LENGTH) {
        return null;
      }
      return value == JsonToken.VALUE_STRING ? new RequestId.Text(text) : new RequestId.Whole(text);
    }

    private static @Nullable RpcError readError(ObjectNode given) {
      JsonNode code = given.path("code");
      JsonNode message = given.path("message");
      return code.isIntegralNumber() && code.canConvertToInt() && message.isString()
          ? new RpcError(code.intValue(), message.stringValue(), given.get("data"))
          : null;
    }

    Decoded judge() {
      if (!versionRight) {
        return malformed(ErrorCode.INVALID_REQUEST, "jsonrpc must be \"2.0\"", id);
      }
      if (idPresent && id == null) {
        return malformed(ErrorCode.INVALID_REQUEST, "an id is a string or an integer", null);
      }
      if (methodPresent) {
        return judgeCall();
      }
      if (id != null && resultPresent && !errorPresent && result != null) {
        return new Decoded.Valid(new Message.Response(id, new Reply.Result(result)));
      }
      if (id != null && errorPresent && !resultPresent && error != null) {
        return new Decoded.Valid(new Message.Response(id, new Reply.Failure(error)));
      }
      return malformed(ErrorCode.INVALID_REQUEST, "neither a call nor a response", id);
    }

    private Decoded judgeCall() {
      if (method == null || resultPresent || errorPresent) {
        return malformed(
            ErrorCode.INVALID_REQUEST, "a call has a method string and no result or error", id);
      }
      if (!paramsRight) {
        return malformed(ErrorCode.INVALID_PARAMS, "params must be an object", id);
      }
      ObjectNode given = params == null ? JsonNodeFactory.instance.objectNode() : params;
      return new Decoded.Valid(
          id == null
              ? new Message.Notification(method, given)
              : new Message.Request(id, method, given));
    }
  }
}
