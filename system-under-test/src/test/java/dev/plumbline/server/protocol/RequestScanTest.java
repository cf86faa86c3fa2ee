package dev.plumbline.server.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestScanTest {
  private static final int ENOUGH = 65_536;
  private static final String LAWFUL =
      "{\"jsonrpc\":\"2.0\",\"params\":{\"id\":9,\"a\":[1,{\"b\":\"}\\\"\"}]},\"id\":\"é-1\","
          + "\"method\":\"tools/call\"}";

  private static RequestScan scan(String json) {
    return RequestScan.of(json.getBytes(StandardCharsets.UTF_8), ENOUGH);
  }

  @Test
  void findsIdAndMethodBehindNestedParameters() {
    assertThat(scan(LAWFUL).id()).isEqualTo(new RequestId.Text("é-1"));
    assertThat(scan(LAWFUL).method()).isEqualTo("tools/call");
    assertThat(scan(LAWFUL).request()).isTrue();
  }

  @Test
  void keepsTheDigitsOfAnInteger() {
    assertThat(scan("{ \"id\" : -12345678901234567890 , \"method\":\"ping\"}").id())
        .isEqualTo(new RequestId.Whole("-12345678901234567890"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "nonsense",
        "{\"id\":null}",
        "{\"id\":1.5}",
        "{\"id\":1e3}",
        "{\"id\":01}",
        "{\"id\":-}",
        "{\"id\":\"a\\u006\"}",
        "{\"id\":\"a\\x\"}",
        "{\"id\":\"a\\ud83d\"}",
        "{\"i\\u0064\":1}",
        "{\"id\":12",
        "{\"id\":\"open",
        "{\"params\":{\"id\":1}}",
        "{\"a\":[}\"id\":1}",
        "[{\"id\":1,\"method\":\"ping\"}]"
      })
  void findsNothingWhereNothingCanBeTrusted(String json) {
    assertThat(scan(json).id()).isNull();
    assertThat(scan(json).request()).isFalse();
  }

  @Test
  void decodesEscapesAsTheDecoderDoes() {
    String json =
        "{\"jsonrpc\":\"2.0\",\"id\":\"s-\\u00e9\\\"\\\\\\/\\n\\ud83d\\uDE00\",\"method\":\"pi\\u006eg\"}";
    assertThat(scan(json).id()).isEqualTo(new RequestId.Text("s-é\"\\/\n\ud83d\ude00"));
    assertThat(scan(json).method()).isEqualTo("ping");
    assertThat(new StrictDecoder().decode(json.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOfSatisfying(
            Decoded.Valid.class,
            valid ->
                assertThat(((Message.Request) valid.message()).id()).isEqualTo(scan(json).id()));
  }

  @Test
  void looksNoFurtherThanItMay() {
    byte[] json = LAWFUL.getBytes(StandardCharsets.UTF_8);
    assertThat(RequestScan.of(json, 20).id()).isNull();
    assertThat(RequestScan.of(json, 0).method()).isNull();
  }

  @Test
  void aResponseIsNoRequest() {
    RequestScan scan = scan("{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{\"method\":\"x\"}}");
    assertThat(scan.id()).isEqualTo(new RequestId.Whole("7"));
    assertThat(scan.request()).isFalse();
  }

  /** Whatever it finds in a message that is lawful, or was damaged, the decoder finds too. */
  @Property(tries = 5_000)
  void neverContradictsTheDecoder(
      @ForAll @IntRange(max = 120) int at, @ForAll byte other, @ForAll boolean damaged) {
    byte[] json = LAWFUL.getBytes(StandardCharsets.UTF_8);
    if (damaged && at < json.length) {
      json[at] = other;
    }
    RequestScan found = RequestScan.of(json, ENOUGH);
    if (new StrictDecoder().decode(json)
        instanceof Decoded.Valid(Message.Request(var id, var method, _))) {
      assertThat(found.id()).isIn(id, null);
      assertThat(found.method()).isIn(method, null);
    }
    if (!damaged) {
      assertThat(found.request()).isTrue();
    }
  }
}
