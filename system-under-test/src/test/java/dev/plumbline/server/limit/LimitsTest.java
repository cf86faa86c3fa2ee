package dev.plumbline.server.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.server.protocol.JsonLimits;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LimitsTest {
  private static final long MEBIBYTE = 1 << 20;

  @ParameterizedTest
  @CsvSource({"1,10", "64,10", "80,10", "512,64", "2047,255", "2048,256", "6144,256"})
  void bodiesTakeAShareOfTheHeap(long heapMebibytes, long expectedMebibytes) {
    long held = Limits.bodyBytes(heapMebibytes * MEBIBYTE);
    assertThat(held / MEBIBYTE).isEqualTo(expectedMebibytes);
    assertThat(held).isGreaterThanOrEqualTo(JsonLimits.MAX_MESSAGE_BYTES);
  }
}
