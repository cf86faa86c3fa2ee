package dev.plumbline.server.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.server.era.HeaderText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderValueTest {
  @ParameterizedTest
  @ValueSource(strings = {"west", "a b", "x=1;y", "", "=?base64?", "?="})
  void leavesWhatAHeaderCanCarry(String value) {
    assertThat(HeaderValue.encode(value)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " padded",
        "padded ",
        "\ttab",
        "größe",
        "two\nlines",
        "a\r\nX-Evil: 1",
        "\u0000",
        "=?base64?YQ==?="
      })
  void wrapsEverythingElseSoThatAServerReadsItBack(String value) {
    String encoded = HeaderValue.encode(value);
    assertThat(encoded).matches("=\\?base64\\?[A-Za-z0-9+/=]+\\?=");
    assertThat(HeaderText.decoded(encoded)).contains(value);
  }

  @Test
  void usesTheStandardAlphabetWithPadding() {
    assertThat(HeaderValue.encode("größe")).isEqualTo("=?base64?Z3LDtsOfZQ==?=");
  }
}
