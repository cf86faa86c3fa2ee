package dev.plumbline.server.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.server.era.HeaderText;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;

/** Whatever a client mirrors into a header, a server reads back. */
class HeaderRoundTripProperties {
  @Property(tries = 500)
  void anyText(@ForAll String text) {
    String value = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    assertThat(HeaderText.decoded(HeaderValue.encode(value))).contains(value);
  }

  @Property(tries = 500)
  void textThatLooksEncoded(@ForAll @CharRange(from = ' ', to = '~') String inside) {
    String value = "=?base64?" + inside + "?=";
    assertThat(HeaderText.decoded(HeaderValue.encode(value))).contains(value);
  }

  @Property(tries = 500)
  void aHeaderNeverNeedsEscaping(@ForAll String text) {
    String header = HeaderValue.encode(text);
    assertThat(header).isEqualTo(header.strip()).matches("[\\x20-\\x7e\\t]*");
  }
}
