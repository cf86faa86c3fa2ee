package dev.plumbline.perf.flood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ReplyTest {
  private static final byte[] NOTHING = {};

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void isCompleteWithItsLastByte() throws IOException {
    byte[] whole = bytes(TinyServer.right("5"));
    for (int filled = 0; filled < whole.length; filled++) {
      assertThat(Reply.length(whole, filled)).isZero();
    }
    assertThat(Reply.length(whole, whole.length)).isEqualTo(whole.length);
  }

  @Test
  void leavesWhatFollows() throws IOException {
    String first = TinyServer.right("5");
    byte[] two = bytes(first + TinyServer.right("6"));
    assertThat(Reply.length(two, two.length)).isEqualTo(first.length());
  }

  @Test
  void refusesWhatItCannotMeasure() {
    for (String text :
        new String[] {
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
          "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n",
          "x".repeat(Reply.MAX_BYTES)
        }) {
      byte[] bytes = bytes(text);
      assertThatThrownBy(() -> Reply.length(bytes, bytes.length)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void wantsTheNumberOfTheRequestInTheBody() {
    Prepared prepared =
        Prepared.post("h", "/", "", "{\"id\":" + Prepared.NUMBER + ",\"method\":\"ping\"}", "");
    byte[] sent = prepared.bytes();
    Prepared.number(sent, prepared.place(), 41);
    String id = "1000000041";
    byte[] right = bytes(TinyServer.right(id));
    byte[] other = bytes(TinyServer.right("1000000040"));

    assertThat(Reply.fate(right, right.length, sent, prepared.place(), NOTHING))
        .isEqualTo(Fate.ANSWERED);
    assertThat(Reply.fate(other, other.length, sent, prepared.place(), NOTHING))
        .isEqualTo(Fate.WRONG);
    assertThat(new String(sent, StandardCharsets.ISO_8859_1)).contains("\"id\":" + id);
  }

  @Test
  void wantsTheTextBackByteByByte() {
    String body = "{\"id\":" + Prepared.NUMBER + ",\"text\":\"abcabd\"}";
    Prepared prepared = Prepared.post("h", "/", "", body, "\"abcabd\"");
    assertThat(answer(prepared, "\"abcabd\"")).isEqualTo(Fate.ANSWERED);
    assertThat(answer(prepared, "\"abcabe\"")).isEqualTo(Fate.WRONG);
    assertThat(answer(prepared, "\"abcab\"")).isEqualTo(Fate.WRONG);
    assertThat(answer(prepared, "\"abcabd\",\"isError\":true")).isEqualTo(Fate.WRONG);
    assertThat(answer(prepared, "1,\"isError\":true,\"text\":\"abcabd\"")).isEqualTo(Fate.WRONG);
  }

  private static Fate answer(Prepared prepared, String text) {
    String body = "{\"id\":" + Prepared.NUMBER + ",\"result\":{\"text\":" + text + "}}";
    byte[] answer =
        bytes("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    return Reply.fate(answer, answer.length, prepared.bytes(), prepared.place(), prepared.echo());
  }

  @Test
  void aBodyHoldsItsNumberOnce() {
    for (String body : new String[] {"{}", Prepared.NUMBER + Prepared.NUMBER}) {
      assertThatThrownBy(() -> Prepared.post("h", "/", "", body, ""))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
