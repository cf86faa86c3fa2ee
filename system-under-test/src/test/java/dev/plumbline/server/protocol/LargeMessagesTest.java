package dev.plumbline.server.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LargeMessagesTest {
  private final AtomicReference<Thread> decoding = new AtomicReference<>();
  private final Decoder decoder =
      bytes -> {
        decoding.set(Thread.currentThread());
        return new StrictDecoder().decode(bytes);
      };

  @ParameterizedTest
  @CsvSource({"-1,true", "0,true", "1,false", "1000000,false"})
  void onlyALargeMessageIsDecodedAside(int beyond, boolean here) {
    Decoded decoded = LargeMessages.decode(decoder, message(LargeMessages.LARGE_BYTES + beyond));
    assertThat(decoded)
        .isInstanceOfSatisfying(
            Decoded.Valid.class,
            valid ->
                assertThat(valid.message())
                    .isInstanceOfSatisfying(
                        Message.Request.class,
                        request -> assertThat(request.method()).isEqualTo("m")));
    assertThat(Thread.currentThread().equals(decoding.get())).isEqualTo(here);
  }

  @ParameterizedTest
  @ValueSource(strings = {"runtime", "error"})
  void aFailureReachesWhoeverAsked(String kind) {
    Decoder failing =
        _ -> {
          if (kind.equals("error")) {
            throw new StackOverflowError("deep");
          }
          throw new IllegalStateException("broken");
        };
    byte[] large = message(LargeMessages.LARGE_BYTES + 1);
    assertThatThrownBy(() -> LargeMessages.decode(failing, large))
        .isInstanceOf(
            kind.equals("error") ? StackOverflowError.class : IllegalStateException.class);
  }

  @Test
  void itGoesOnAfterAFailure() {
    byte[] large = message(LargeMessages.LARGE_BYTES + 1);
    for (int i = 0; i < 20; i++) {
      assertThatThrownBy(
              () ->
                  LargeMessages.decode(
                      _ -> {
                        throw new OutOfMemoryError("planted");
                      },
                      large))
          .isInstanceOf(OutOfMemoryError.class);
    }
    assertThat(LargeMessages.decode(decoder, large)).isInstanceOf(Decoded.Valid.class);
  }

  private static byte[] message(int bytes) {
    String head = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"params\":{\"a\":\"";
    String tail = "\"}}";
    String text = head + "x".repeat(bytes - head.length() - tail.length()) + tail;
    return text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  }
}
