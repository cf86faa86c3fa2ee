package dev.plumbline.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.server.protocol.JsonLimits;
import dev.plumbline.server.support.MessageWire;
import dev.plumbline.server.support.Requests;
import dev.plumbline.server.support.TestServer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Every bad message on every wire, and after each a lawful one on the same connection. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {
  private static final int SILENCE = 0;
  private static final int PARSE_ERROR = -32700;
  private static final int INVALID_REQUEST = -32600;
  private static final int NO_SUCH_METHOD = -32601;
  private static final int INVALID_PARAMS = -32602;
  private static final int UNSUPPORTED_VERSION = -32022;

  private final TestServer server = TestServer.onEveryWire();

  @AfterAll
  void stop() {
    server.close();
  }

  /**
   * One bad message.
   *
   * @param id the id its answer carries; empty for none
   * @param code the error code; 0 when nothing is said
   */
  @SuppressWarnings("ArrayRecordComponent") // sent once, never compared
  record Row(String name, byte[] bytes, String id, int code) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Row row(String name, String json, String id, int code) {
    return new Row(name, json.getBytes(StandardCharsets.UTF_8), id, code);
  }

  private static Row broken(String name, String json) {
    return row(name, json, "", PARSE_ERROR);
  }

  private static String call(String id) {
    return Requests.modern(id, "tools/list", "");
  }

  private static String params(String params) {
    return "{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"tools/list\",\"params\":" + params + "}";
  }

  private static List<Row> rows() {
    String lawful = call("9");
    return List.of(
        broken("truncated", lawful.substring(0, lawful.length() - 1)),
        broken("one bracket too many", lawful + "}"),
        broken("two messages in one", lawful + lawful),
        broken("deep", params("{\"a\":" + "[".repeat(50_000))),
        broken("deep and complete", params("{\"a\":" + "[".repeat(99) + "]".repeat(99) + "}")),
        broken("a key twice", lawful.replace("\"id\":9", "\"id\":9,\"id\":9")),
        broken("a key twice in params", params("{\"a\":1,\"a\":1}")),
        broken("NaN", params("{\"a\":NaN}")),
        broken("Infinity", params("{\"a\":-Infinity}")),
        broken("a number of 257 digits", params("{\"a\":" + "9".repeat(257) + "}")),
        broken("a control character", params("{\"a\":\"\u0001\"}")),
        broken("a byte order mark", "\uFEFF" + lawful),
        broken("single quotes", lawful.replace('"', '\'')),
        broken("a trailing comma", params("{\"a\":1,}")),
        broken("a comment", lawful.replace("\"id\"", "/**/\"id\"")),
        broken("a huge id", call("9".repeat(JsonLimits.MAX_NUMBER_LENGTH + 1))),
        row("a number", "7", "", INVALID_REQUEST),
        row("a string", "\"tools/list\"", "", INVALID_REQUEST),
        row("an empty object", "{}", "", INVALID_REQUEST),
        row("an empty batch", "[]", "", INVALID_REQUEST),
        row("another jsonrpc", lawful.replace("2.0", "2.1"), "9", INVALID_REQUEST),
        row("no jsonrpc", lawful.replace("\"jsonrpc\":\"2.0\",", ""), "9", INVALID_REQUEST),
        row("id null", call("null"), "", INVALID_REQUEST),
        row("id fractional", call("1.5"), "", INVALID_REQUEST),
        row("id exponential", call("1e2"), "", INVALID_REQUEST),
        row("id true", call("true"), "", INVALID_REQUEST),
        row("id long", call('"' + "i".repeat(1_025) + '"'), "", INVALID_REQUEST),
        row("method 7", lawful.replace("\"tools/list\"", "7"), "9", INVALID_REQUEST),
        row("params an array", params("[]"), "9", INVALID_PARAMS),
        row("params null", params("null"), "9", INVALID_PARAMS),
        row(
            "an unknown version",
            lawful.replace("2026-07-28", "2099-01-01"),
            "9",
            UNSUPPORTED_VERSION),
        row("an unknown method", Requests.modern("9", "no/such", ""), "9", NO_SUCH_METHOD),
        row(
            "a response nobody asked for",
            "{\"jsonrpc\":\"2.0\",\"id\":9,\"result\":{}}",
            "",
            SILENCE),
        row(
            "an error nobody asked for",
            "{\"jsonrpc\":\"2.0\",\"id\":9,\"error\":{\"code\":1,\"message\":\"m\"}}",
            "",
            SILENCE),
        row("an unknown notification", "{\"jsonrpc\":\"2.0\",\"method\":\"no/such\"}", "", SILENCE),
        new Row(
            "Latin 1",
            params("{\"a\":\"ä\"}").getBytes(StandardCharsets.ISO_8859_1),
            "",
            PARSE_ERROR),
        new Row("UTF-16", lawful.getBytes(StandardCharsets.UTF_16BE), "", PARSE_ERROR));
  }

  private static List<Arguments> everyRowOnEveryWire() {
    List<Arguments> all = new ArrayList<>();
    for (MessageWire.Kind wire : MessageWire.Kind.values()) {
      for (Row row : rows()) {
        // A WebSocket closes on text that is not UTF-8, which its own test shows.
        boolean text = !Stream.of("Latin 1", "UTF-16").toList().contains(row.name());
        if (text || wire != MessageWire.Kind.WEB_SOCKET) {
          all.add(Arguments.of(wire, row));
        }
      }
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("everyRowOnEveryWire")
  void isAnsweredAsThePageSaysAndTheNextMessageIsServed(MessageWire.Kind kind, Row row)
      throws Exception {
    try (MessageWire wire = kind.connect(server)) {
      wire.send(row.bytes());
      if (row.code() != SILENCE) {
        JsonNode answer = wire.hear();
        assertThat(answer.path("error").path("code").asInt(0)).isEqualTo(row.code());
        assertThat(answer.path("id").asString("")).isEqualTo(row.id());
      } else {
        assertThat(wire.heardNothing()).isTrue();
      }
      wire.send(call("\"twin\"").getBytes(StandardCharsets.UTF_8));
      JsonNode twin = wire.hear();
      assertThat(twin.path("id").asString()).isEqualTo("twin");
      assertThat(twin.has("result")).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("everyWire")
  void anIdThatComesAgainIsAnsweredAgain(MessageWire.Kind kind) throws Exception {
    try (MessageWire wire = kind.connect(server)) {
      for (int i = 0; i < 3; i++) {
        wire.send(call("1").getBytes(StandardCharsets.UTF_8));
        assertThat(wire.hear().path("id").asInt()).isEqualTo(1);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("everyWire")
  void halfACharacterIsNeverAnInternalError(MessageWire.Kind kind) throws Exception {
    try (MessageWire wire = kind.connect(server)) {
      String lone = "\"\\ud800\"";
      for (String json :
          List.of(
              call(lone),
              Requests.modern("1", lone.substring(1, lone.length() - 1), ""),
              call("1").replace("\"params\":{", "\"params\":{\"cursor\":" + lone + ","))) {
        wire.send(json.getBytes(StandardCharsets.UTF_8));
        JsonNode answer = wire.hear();
        assertThat(answer.path("error").path("code").asInt(0)).as(json).isNotEqualTo(-32603);
      }
    }
  }

  private static MessageWire.Kind[] everyWire() {
    return MessageWire.Kind.values();
  }
}
