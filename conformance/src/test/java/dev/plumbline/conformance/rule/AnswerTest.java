package dev.plumbline.conformance.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.conformance.wire.Bytes;
import dev.plumbline.conformance.wire.End;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Inbound;
import dev.plumbline.conformance.wire.Line;
import dev.plumbline.conformance.wire.Outbound;
import dev.plumbline.evidence.model.Transport;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of an answer, and of one that did not come. */
class AnswerTest {
  private static final String RESULT = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}";
  private static final String ERROR =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32601,\"message\":\"m\"}}";

  private static Exchange exchange(Transport transport, Inbound received, End end) {
    Bytes request = Bytes.text("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}");
    Outbound sent =
        transport == Transport.HTTP
            ? new Outbound.HttpRequest("POST", "/mcp", List.of(), request)
            : new Outbound.Line(request);
    return new Exchange(
        "lawful", transport, sent, received, end, 1_000_000_000, -1, 3_500_000_000L);
  }

  private static Exchange http(int status, String body) {
    return exchange(
        Transport.HTTP,
        new Inbound.HttpResponse(status, "", List.of(), Bytes.text(body), List.of()),
        End.COMPLETE);
  }

  private static Exchange stdio(End end, String... lines) {
    List<Line> all = List.of(lines).stream().map(l -> new Line(Bytes.text(l), 0)).toList();
    return exchange(Transport.STDIO, new Inbound.Lines(all, Bytes.EMPTY), end);
  }

  private static Exchange nothing(End end) {
    return exchange(Transport.STDIO, new Inbound.Nothing(), end);
  }

  @Test
  void whatCameIsToldInAFewWords() {
    assertThat(Answer.told(http(200, RESULT))).isEqualTo("status 200 with a result");
    assertThat(Answer.told(http(404, ERROR))).isEqualTo("status 404 with error -32601");
    assertThat(Answer.told(http(202, ""))).isEqualTo("status 202 with no body");
    assertThat(Answer.told(http(500, "<html>")))
        .isEqualTo("status 500 with a body without a JSON-RPC response");
    assertThat(Answer.told(stdio(End.COMPLETE, RESULT))).isEqualTo("a result");
    assertThat(Answer.told(stdio(End.COMPLETE, ERROR))).isEqualTo("error -32601");
    assertThat(Answer.told(stdio(End.TIMED_OUT, "hello"))).isEqualTo("lines without the response");
    assertThat(Answer.told(stdio(End.TIMED_OUT))).isEqualTo("no answer to lawful within 2500 ms");
    assertThat(Answer.told(nothing(End.TIMED_OUT))).isEqualTo("no answer to lawful within 2500 ms");
    assertThat(Answer.told(nothing(End.CLOSED))).isEqualTo("no answer");
    assertThat(
            Answer.told(
                exchange(
                    Transport.HTTP, new Inbound.Unparsed(Bytes.text("x"), "y"), End.MALFORMED)))
        .isEqualTo("unreadable bytes");
  }

  @ParameterizedTest
  @CsvSource({
    "TIMED_OUT, no answer to lawful within 2500 ms",
    "CLOSED, the connection was closed before lawful was answered",
    "CONNECT_FAILED, no connection could be made for lawful",
    "MALFORMED, the answer to lawful cannot be read",
    "COMPLETE, lawful got no answer"
  })
  void whatDidNotComeIsNoWrongAnswer(End end, String missing) {
    assertThat(Answer.missing(nothing(end))).contains(missing);
    assertThat(Answer.notServed(nothing(end))).contains(missing);
  }

  @Test
  void whatCameCanBeJudged() {
    assertThat(Answer.missing(stdio(End.TIMED_OUT, RESULT))).isEmpty();
    assertThat(Answer.missing(http(500, ""))).isEmpty();
    assertThat(Answer.missing(stdio(End.COMPLETE, "{\"id\":7}"))).isEmpty();
    assertThat(Answer.notServed(http(200, RESULT))).isEmpty();
    assertThat(Answer.notServed(http(404, ERROR)))
        .contains("the lawful request lawful was not served: status 404 with error -32601");
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 407, 408, 429, 502, 503, 504})
  void accessAndLoadAreNotAboutWhatWasAsked(int status) {
    assertThat(Answer.unrelated(http(status, ""))).isTrue();
    assertThat(Answer.missing(http(status, "")))
        .contains("lawful was answered with status " + status);
    assertThat(Answer.missing(http(status, ERROR))).isEmpty();
  }
}
