package dev.plumbline.server.protocol;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.node.ObjectNode;

/** Writes JSON-RPC messages as one line of UTF-8, without a tree of the envelope. */
public final class Encoder {
  private static final int TYPICAL_RESPONSE_BYTES = 512;

  private Encoder() {}

  /** One message of any kind; empty parameters are left out. */
  public static byte[] encode(Message message) {
    return switch (message) {
      case Message.Request(var id, var method, var params) -> call(id, method, params);
      case Message.Notification(var method, var params) -> call(null, method, params);
      case Message.Response(var id, var reply) -> encode(id, reply);
    };
  }

  private static byte[] call(@Nullable RequestId id, String method, ObjectNode params) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(TYPICAL_RESPONSE_BYTES);
    try (JsonGenerator json = JsonLimits.mapper().createGenerator(out)) {
      json.writeStartObject();
      json.writeStringProperty("jsonrpc", "2.0");
      writeId(json, id);
      json.writeStringProperty("method", method);
      if (!params.isEmpty()) {
        json.writeName("params");
        json.writeTree(params);
      }
      json.writeEndObject();
    }
    return out.toByteArray();
  }

  /**
   * One response.
   *
   * @param id the request's id, or null when it could not be read: the member is then absent
   */
  public static byte[] encode(@Nullable RequestId id, Reply reply) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(TYPICAL_RESPONSE_BYTES);
    try (JsonGenerator json = JsonLimits.mapper().createGenerator(out)) {
      json.writeStartObject();
      json.writeStringProperty("jsonrpc", "2.0");
      writeId(json, id);
      switch (reply) {
        case Reply.Result(var value) -> {
          json.writeName("result");
          json.writeTree(value);
        }
        case Reply.Failure(var error) -> {
          json.writeName("error");
          writeError(json, error);
        }
      }
      json.writeEndObject();
    }
    return out.toByteArray();
  }

  private static void writeId(JsonGenerator json, @Nullable RequestId id) {
    switch (id) {
      case null -> {}
      case RequestId.Text(var value) -> json.writeStringProperty("id", value);
      case RequestId.Whole(var digits) -> {
        json.writeName("id");
        json.writeNumber(digits);
      }
    }
  }

  private static void writeError(JsonGenerator json, RpcError error) {
    json.writeStartObject();
    json.writeNumberProperty("code", error.code());
    json.writeStringProperty("message", error.message());
    if (error.data() != null) {
      json.writeName("data");
      json.writeTree(error.data());
    }
    json.writeEndObject();
  }
}
