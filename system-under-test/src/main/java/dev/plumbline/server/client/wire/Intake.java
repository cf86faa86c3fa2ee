package dev.plumbline.server.client.wire;

import dev.plumbline.server.protocol.Decoded;
import dev.plumbline.server.protocol.Decoder;
import dev.plumbline.server.protocol.JsonLimits;
import dev.plumbline.server.protocol.Message;
import dev.plumbline.server.protocol.RequestId;
import dev.plumbline.server.protocol.RpcError;
import dev.plumbline.server.protocol.StrictDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** From bytes to messages, with the cap held while reading (C10). */
final class Intake {
  private static final Decoder DECODER = new StrictDecoder();

  private Intake() {}

  /** Hands on what the bytes hold; true when the answer to the given request was among it. */
  static boolean take(byte[] bytes, Receiver receiver, @Nullable RequestId awaited) {
    return take(DECODER.decode(bytes), receiver, awaited);
  }

  static boolean take(String text, Receiver receiver, @Nullable RequestId awaited) {
    return take(text.getBytes(StandardCharsets.UTF_8), receiver, awaited);
  }

  private static boolean take(Decoded decoded, Receiver receiver, @Nullable RequestId awaited) {
    return switch (decoded) {
      case Decoded.Valid(var message) -> {
        receiver.received(message);
        yield message instanceof Message.Response(var id, _) && id.equals(awaited);
      }
      case Decoded.Batch(var items) -> {
        boolean answered = false;
        for (Decoded item : items) {
          answered |= take(item, receiver, awaited);
        }
        yield answered;
      }
      case Decoded.Malformed(var error, _) -> {
        receiver.malformed(error.message());
        yield false;
      }
    };
  }

  /** All bytes of a body. */
  static byte[] body(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(JsonLimits.MAX_MESSAGE_BYTES + 1);
    if (bytes.length > JsonLimits.MAX_MESSAGE_BYTES) {
      throw new IOException("the server's answer is larger than 10 MiB");
    }
    return bytes;
  }

  /** The JSON-RPC error in a body, whose id may be missing; null when there is none. */
  static @Nullable RpcError error(byte[] body) {
    try {
      JsonNode error = JsonLimits.mapper().readTree(body).path("error");
      JsonNode code = error.path("code");
      return code.isIntegralNumber() && code.canConvertToInt()
          ? new RpcError(code.intValue(), error.path("message").asString(""), error.get("data"))
          : null;
    } catch (JacksonException e) {
      return null;
    }
  }
}
