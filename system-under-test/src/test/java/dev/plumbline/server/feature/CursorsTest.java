package dev.plumbline.server.feature;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CursorsTest {
  private final Cursors cursors = new Cursors();

  @Test
  void aCursorLeadsBackToItsPosition() {
    assertThat(cursors.verify("tools", cursors.issue("tools", 4))).hasValue(4);
    assertThat(cursors.issue("tools", 4)).isEqualTo(cursors.issue("tools", 4));
  }

  @Test
  void aCursorOfAnotherListOrProcessIsUnknown() {
    String cursor = cursors.issue("tools", 4);
    assertThat(cursors.verify("prompts", cursor)).isEmpty();
    assertThat(new Cursors().verify("tools", cursor)).isEmpty();
  }

  @Test
  void everyFlippedCharacterIsNoticed() {
    String cursor = cursors.issue("tools", 4);
    // The last character carries unused bits; decoding ignores them.
    for (int i = 0; i < cursor.length() - 1; i++) {
      char other = cursor.charAt(i) == 'A' ? 'B' : 'A';
      String forged = cursor.substring(0, i) + other + cursor.substring(i + 1);
      assertThat(cursors.verify("tools", forged)).as(forged).isEmpty();
    }
  }

  @Test
  void garbageIsUnknown() {
    for (String garbage : new String[] {"", "x", "AAAA", "ä", "=", "x".repeat(10_000)}) {
      assertThat(cursors.verify("tools", garbage)).isEmpty();
    }
  }
}
