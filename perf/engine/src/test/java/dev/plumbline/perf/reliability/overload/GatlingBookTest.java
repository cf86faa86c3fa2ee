package dev.plumbline.perf.reliability.overload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.perf.flood.Fate;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class GatlingBookTest {
  private static final String BOOK =
      "{\"seconds\":[{\"ANSWERED\":{\"21\":5,\"22\":1},\"REFUSED\":{\"1\":7},\"WRONG\":{},"
          + "\"LOST\":{\"5000\":2}}],\"stalls\":[12],\"count\":1}";

  @Test
  void readsCountsAndTimes() throws IOException {
    GatlingBook book = GatlingBook.parse(BOOK);

    assertThat(book.seconds()).isEqualTo(1);
    assertThat(book.stalls()).containsExactly(12L);
    assertThat(book.fates(0))
        .containsEntry(Fate.ANSWERED, 6L)
        .containsEntry(Fate.REFUSED, 7L)
        .containsEntry(Fate.WRONG, 0L)
        .containsEntry(Fate.TIMED_OUT, 2L);
    assertThat(book.times(0, "ANSWERED")).isEqualTo(Map.of(21L, 5L, 22L, 1L));
  }

  @Test
  void refusesABookThatWasCutShort() {
    for (String text :
        new String[] {
          "{}", BOOK.replace("\"count\":1", "\"count\":2"), BOOK.replace("[12]", "[]"), "{\"sec"
        }) {
      assertThatThrownBy(() -> GatlingBook.parse(text)).isInstanceOf(IOException.class);
    }
  }
}
