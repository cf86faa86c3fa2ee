package dev.plumbline.server.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.server.protocol.Decoded;
import dev.plumbline.server.protocol.Encoder;
import dev.plumbline.server.protocol.Message;
import dev.plumbline.server.protocol.RequestScan;
import dev.plumbline.server.protocol.StrictDecoder;

/**
 * Any bytes are a message or are refused in words; a message that is written and read again is the
 * same; and what a refusal is addressed to before anything is decoded is the request that was sent.
 */
public final class MessageFuzz {
  private static final StrictDecoder DECODER = new StrictDecoder();

  private MessageFuzz() {}

  /** One input. */
  public static void fuzzerTestOneInput(byte[] data) {
    Decoded decoded = DECODER.decode(data);
    RequestScan scan = RequestScan.of(data, data.length);
    switch (decoded) {
      case Decoded.Valid(var message) -> {
        assertThat(DECODER.decode(Encoder.encode(message))).isEqualTo(new Decoded.Valid(message));
        if (message instanceof Message.Request request && scan.request()) {
          assertThat(scan.id()).isEqualTo(request.id());
          assertThat(scan.method()).isEqualTo(request.method());
        }
      }
      case Decoded.Batch(var items) ->
          assertThat(items).isNotEmpty().noneMatch(Decoded.Batch.class::isInstance);
      case Decoded.Malformed(var error, var _) -> assertThat(error.message()).isNotBlank();
    }
  }
}
