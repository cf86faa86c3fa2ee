package dev.plumbline.server.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;

class StrictDecoderTest {
  private final StrictDecoder decoder = new StrictDecoder();

  private Decoded decode(String json) {
    return decoder.decode(json.getBytes(StandardCharsets.UTF_8));
  }

  private static void assertRefused(Decoded decoded, ErrorCode code) {
    assertThat(decoded).isInstanceOf(Decoded.Malformed.class);
    assertThat(((Decoded.Malformed) decoded).error().code()).isEqualTo(code.code());
  }

  @Test
  void readsARequestWhateverTheOrderOfItsMembers() {
    Decoded decoded =
        decode("{\"params\":{\"a\":[1]},\"id\":7,\"method\":\"m\",\"jsonrpc\":\"2.0\"}");
    assertThat(decoded)
        .isInstanceOfSatisfying(
            Decoded.Valid.class,
            valid -> {
              Message.Request request = (Message.Request) valid.message();
              assertThat(request.id()).isEqualTo(new RequestId.Whole("7"));
              assertThat(request.method()).isEqualTo("m");
              assertThat(request.params().toString()).isEqualTo("{\"a\":[1]}");
            });
  }

  @Test
  void readsNotificationsAndResponses() {
    assertThat(decode("{\"jsonrpc\":\"2.0\",\"method\":\"n\"}"))
        .isInstanceOfSatisfying(
            Decoded.Valid.class,
            valid -> assertThat(valid.message()).isInstanceOf(Message.Notification.class));
    assertThat(decode("{\"jsonrpc\":\"2.0\",\"id\":\"x\",\"result\":{}}"))
        .isEqualTo(
            new Decoded.Valid(
                new Message.Response(
                    new RequestId.Text("x"),
                    new Reply.Result(JsonNodeFactory.instance.objectNode()))));
    assertThat(
            decode("{\"jsonrpc\":\"2.0\",\"id\":\"x\",\"error\":{\"code\":-1,\"message\":\"m\"}}"))
        .isEqualTo(
            new Decoded.Valid(
                new Message.Response(
                    new RequestId.Text("x"), new Reply.Failure(new RpcError(-1, "m", null)))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\"",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\"}}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\"} {}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"id\":2,\"method\":\"m\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"params\":{\"a\":1,\"a\":2}}",
        "{'jsonrpc':'2.0'}",
        "{\"jsonrpc\":\"2.0\",\"id\":01,\"method\":\"m\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":NaN,\"method\":\"m\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"a\tb\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",}",
        "// comment\n{}",
        "\uFEFF{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\"}",
        "[1,2",
        "nul"
      })
  void refusesWhatIsNotStrictJson(String text) {
    assertRefused(decode(text), ErrorCode.PARSE_ERROR);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "\"text\"",
        "null",
        "{}",
        "[]",
        "{\"id\":1,\"method\":\"m\"}",
        "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"m\"}",
        "{\"jsonrpc\":2.0,\"id\":1,\"method\":\"m\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"m\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"m\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":true,\"method\":\"m\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"m\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":[1],\"method\":\"m\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":7}",
        "{\"jsonrpc\":\"2.0\",\"id\":1}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"result\":{}}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{},\"error\":{}}"
      })
  void refusesJsonThatIsNoMessage(String text) {
    assertRefused(decode(text), ErrorCode.INVALID_REQUEST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "[1]", "\"x\"", "1", "null", "true"})
  void refusesParametersThatAreNoObject(String params) {
    Decoded decoded =
        decode("{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"m\",\"params\":" + params + "}");
    assertRefused(decoded, ErrorCode.INVALID_PARAMS);
    assertThat(((Decoded.Malformed) decoded).id()).isEqualTo(new RequestId.Whole("9"));
  }

  @Test
  void keepsTheIdOfARefusedMessageWhenItCouldBeRead() {
    Decoded.Malformed refused =
        (Decoded.Malformed) decode("{\"jsonrpc\":\"1.0\",\"id\":\"a\",\"method\":\"m\"}");
    assertThat(refused.id()).isEqualTo(new RequestId.Text("a"));
  }

  @Test
  void refusesBytesThatAreNotUtf8() {
    byte[] bytes =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ä\"}".getBytes(StandardCharsets.ISO_8859_1);
    assertRefused(decoder.decode(bytes), ErrorCode.PARSE_ERROR);
    byte[] wide =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\"}".getBytes(StandardCharsets.UTF_16LE);
    assertRefused(decoder.decode(wide), ErrorCode.PARSE_ERROR);
  }

  @Test
  void guessesNoEncodingFromTheFirstBytes() {
    String lawful = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\"}";
    assertThat(decode(lawful)).isInstanceOf(Decoded.Valid.class);
    assertRefused(decode("\uFEFF" + lawful), ErrorCode.PARSE_ERROR);
    assertRefused(
        decoder.decode(lawful.getBytes(StandardCharsets.UTF_16BE)), ErrorCode.PARSE_ERROR);
    byte[] widest = lawful.getBytes(java.nio.charset.Charset.forName("UTF-32LE"));
    assertRefused(decoder.decode(widest), ErrorCode.PARSE_ERROR);
  }

  @ParameterizedTest
  @CsvSource({"61,true", "62,true", "63,false", "5000,false"})
  void boundsTheDepth(int arrays, boolean lawful) {
    // The envelope and params are two levels of the 64.
    String nested = "[".repeat(arrays) + "]".repeat(arrays);
    Decoded decoded =
        decode("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"params\":{\"a\":" + nested + "}}");
    assertThat(decoded instanceof Decoded.Valid).isEqualTo(lawful);
  }

  @ParameterizedTest
  @CsvSource({"-1,true", "0,true", "1,false"})
  void boundsTheTokens(int beyond, boolean lawful) {
    // The envelope, params and the brackets of the array are 14 of them.
    int values = JsonLimits.MAX_TOKENS - 14 + beyond;
    String array = "[" + "0,".repeat(values - 1) + "0]";
    Decoded decoded =
        decode("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"params\":{\"a\":" + array + "}}");
    assertThat(decoded instanceof Decoded.Valid).isEqualTo(lawful);
  }

  @Test
  void boundsTheDepthOfMembersItDoesNotKeep() {
    String nested = "[".repeat(100_000);
    assertRefused(decode("{\"jsonrpc\":\"2.0\",\"junk\":" + nested), ErrorCode.PARSE_ERROR);
    assertRefused(decode("[".repeat(100_000)), ErrorCode.PARSE_ERROR);
  }

  @Test
  void takesAMessageOfTheCapAndRefusesOneByteMore() {
    String head = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"params\":{\"a\":\"";
    String tail = "\"}}";
    int fill = JsonLimits.MAX_MESSAGE_BYTES - head.length() - tail.length();
    assertThat(decode(head + "x".repeat(fill) + tail)).isInstanceOf(Decoded.Valid.class);
    assertRefused(decode(head + "x".repeat(fill + 1) + tail), ErrorCode.INVALID_REQUEST);
  }

  @Test
  void boundsIdsAndNumbers() {
    String digits = "9".repeat(JsonLimits.MAX_NUMBER_LENGTH + 1);
    assertRefused(
        decode("{\"jsonrpc\":\"2.0\",\"id\":" + digits + ",\"method\":\"m\"}"),
        ErrorCode.PARSE_ERROR);
    String text = "i".repeat(JsonLimits.MAX_ID_LENGTH + 1);
    assertRefused(
        decode("{\"jsonrpc\":\"2.0\",\"id\":\"" + text + "\",\"method\":\"m\"}"),
        ErrorCode.INVALID_REQUEST);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "0",
        "-1",
        "9007199254740993",
        "123456789012345678901234567890",
        "\"\"",
        "\"007\"",
        "\"ü \\\" \\\\ \\u0001\""
      })
  void echoesIdsExactly(String id) {
    Decoded decoded = decode("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"m\"}");
    Message.Request request = (Message.Request) ((Decoded.Valid) decoded).message();
    byte[] bytes =
        Encoder.encode(request.id(), new Reply.Failure(RpcError.of(ErrorCode.INTERNAL_ERROR)));
    assertThat(JsonLimits.mapper().readTree(new String(bytes, StandardCharsets.UTF_8)).get("id"))
        .isEqualTo(JsonLimits.mapper().readTree(id));
  }

  @Test
  void leavesAnUnknownIdOutOfTheErrorResponse() {
    byte[] bytes = Encoder.encode(null, new Reply.Failure(RpcError.of(ErrorCode.PARSE_ERROR)));
    assertThat(new String(bytes, StandardCharsets.UTF_8))
        .isEqualTo("{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32700,\"message\":\"Parse error\"}}");
  }

  @Test
  void readsABatchAndBoundsItsLength() {
    String one = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\"}";
    assertThat(decode("[" + one + ",1]"))
        .isInstanceOfSatisfying(
            Decoded.Batch.class,
            batch -> {
              assertThat(batch.items()).hasSize(2);
              assertRefused(batch.items().getLast(), ErrorCode.INVALID_REQUEST);
            });
    String[] many = new String[JsonLimits.MAX_BATCH + 1];
    Arrays.fill(many, one);
    assertRefused(decode("[" + String.join(",", many) + "]"), ErrorCode.INVALID_REQUEST);
  }
}
