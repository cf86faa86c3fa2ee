package dev.plumbline.server.transport;

import static dev.plumbline.server.support.Requests.INITIALIZED;
import static dev.plumbline.server.support.Requests.initialize;
import static dev.plumbline.server.support.Requests.legacy;
import static dev.plumbline.server.support.Requests.modern;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.server.support.TestServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class StdioTest {
  private static List<JsonNode> converse(String... lines) {
    return TestServer.stdio(UnaryOperator.identity(), lines).stream()
        .map(line -> new JsonMapper().readTree(line))
        .toList();
  }

  private static int code(JsonNode answer) {
    return answer.path("error").path("code").asInt(0);
  }

  @Test
  void servesBothErasInOneProcess() {
    List<JsonNode> answers =
        converse(
            modern("\"d\"", "server/discover", ""),
            initialize("2025-11-25"),
            INITIALIZED,
            legacy("1", "tools/list", ""),
            modern("\"m\"", "tools/list", ""));
    assertThat(answers).hasSize(4).allMatch(answer -> answer.has("result"));
    assertThat(answers.stream().filter(a -> a.path("result").has("resultType"))).hasSize(2);
  }

  @Test
  void takesPingAndNothingElseBeforeInitialize() {
    List<JsonNode> answers = converse(legacy("1", "ping", ""));
    assertThat(answers).singleElement().matches(answer -> answer.has("result"));
    answers = converse(legacy("1", "tools/list", ""));
    assertThat(answers).singleElement().matches(answer -> code(answer) == -32600);
  }

  @Test
  void demandsNoHeaders() {
    assertThat(converse(modern("1", "tools/call", "\"name\":\"about\"")))
        .singleElement()
        .matches(answer -> answer.has("result"));
  }

  @Test
  void answersEveryRequestOnceHoweverManyArriveAtOnce() {
    String[] lines =
        IntStream.range(0, 60)
            .mapToObj(i -> modern(String.valueOf(i), "tools/list", ""))
            .toArray(String[]::new);
    assertThat(converse(lines).stream().map(answer -> answer.path("id").asInt()))
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 60).boxed().toList());
  }

  @Test
  void notificationsAreNeverAnswered() {
    assertThat(
            converse(
                INITIALIZED,
                "{\"jsonrpc\":\"2.0\",\"method\":\"x\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}",
                "",
                "\r"))
        .isEmpty();
  }

  @Test
  void brokenLinesAreAnsweredWithoutAnIdAndTheNextLineIsServed() {
    List<JsonNode> answers = converse("{", "[]", modern("5", "tools/list", ""));
    assertThat(answers).hasSize(3);
    assertThat(code(answers.getFirst())).isEqualTo(-32700);
    assertThat(answers.getFirst().has("id")).isFalse();
    assertThat(code(answers.get(1))).isEqualTo(-32600);
    assertThat(answers.getLast().path("id").asInt()).isEqualTo(5);
  }

  @Test
  void theCapHoldsWhileReadingAndTheStreamStaysInStep() throws IOException {
    byte[] input = "123456\n12345\n1234\r\n12".getBytes(StandardCharsets.US_ASCII);
    LineReader reader = new LineReader(new ByteArrayInputStream(input), 5);
    assertThat(reader.next()).isInstanceOf(LineReader.Line.TooLong.class);
    assertThat(text(reader.next())).isEqualTo("12345");
    assertThat(text(reader.next())).isEqualTo("1234");
    assertThat(text(reader.next())).isEqualTo("12");
    assertThat(reader.next()).isInstanceOf(LineReader.Line.End.class);
  }

  private static String text(LineReader.Line line) {
    return new String(((LineReader.Line.Text) line).bytes(), StandardCharsets.US_ASCII);
  }
}
