package dev.plumbline.conformance.rule.handshake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.conformance.rule.Recorded;
import dev.plumbline.conformance.wire.End;
import dev.plumbline.evidence.model.Verdict;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules on streams: each over a lawful conversation and over one with a single fault. */
class StreamRulesTest {
  private static final String DONE = "{\"jsonrpc\":\"2.0\",\"id\":9,\"result\":{}}";

  /**
   * One fault.
   *
   * @param clause what it breaks
   * @param change from the lawful streams to those with the fault
   * @param summary what the finding says
   */
  record Fault(String clause, Consumer<Map<String, String[]>> change, String summary) {
    @Override
    public String toString() {
      return clause;
    }
  }

  private static String progress(String token, int value) {
    return "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"progressToken\":\"plumbline-stream-"
        + token
        + "\",\"progress\":"
        + value
        + "}}";
  }

  static Stream<Fault> faults() {
    return Stream.of(
        new Fault("TRAN-025", set("call", "a-1|" + DONE), "does not begin with an event"),
        new Fault("TRAN-027", set("cut", "c-0|"), "without a retry field"),
        new Fault("TRAN-029", set("returned", "c-1|"), "ended without its answer"),
        new Fault(
            "TRAN-030",
            set("call", "a-0|", "a-1|" + progress("7", 1), "a-2|" + DONE),
            "the progress of another"),
        new Fault("TRAN-031", streams -> streams.put("whole-end", new String[] {"CLOSED"}), "open"),
        new Fault(
            "TRAN-035", set("listening", "g-0|" + progress("0", 9)), "on a stream opened by GET"),
        new Fault("TRAN-036", set("listening", "g-0|" + DONE), "A response comes on a stream"),
        new Fault("TRAN-038", set("listening", "g-0|" + progress("0", 1)), "on two streams"),
        new Fault("TRAN-039", set("listening", "a-1|" + progress("x", 1)), "a-1 occurs twice"),
        new Fault("TRAN-041", set("resumed", "a-1|" + progress("5", 1)), "belongs to another"),
        new Fault("TRAN-041", set("resumed", "g-0|" + progress("0", 1)), "belongs to another"),
        new Fault(
            "TRAN-041",
            set("resumed", "|{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}"),
            "belongs to another"));
  }

  private static Consumer<Map<String, String[]>> set(String stream, String... events) {
    return streams -> streams.put(stream, events);
  }

  private static Map<String, String[]> lawful() {
    Map<String, String[]> streams = new HashMap<>();
    streams.put("call", new String[] {"a-0|", "a-1|" + progress("0", 1), "a-2|" + DONE});
    streams.put("cut", new String[] {"c-0|", "c-1||10"});
    streams.put("whole", new String[] {"w-0|", "w-1|" + DONE});
    streams.put("whole-end", new String[] {"COMPLETE"});
    streams.put("listening", new String[] {"g-0|"});
    streams.put("resumed", new String[] {"a-1|" + progress("0", 1), "a-2|" + DONE});
    streams.put("returned", new String[] {"c-2|" + DONE});
    return streams;
  }

  private static String params(String token) {
    return "{\"name\":\"a\",\"_meta\":{\"progressToken\":\"plumbline-stream-" + token + "\"}}";
  }

  private static Recorded opened(String clause) {
    return Recorded.http(clause).initialized("{}").sent("lawful", "ping").result("{}");
  }

  private static String[] of(Map<String, String[]> streams, String name) {
    return Objects.requireNonNull(streams.get(name));
  }

  private static Verdict judged(String clause, Map<String, String[]> streams) {
    return opened(clause)
        .sent("stream-call", "tools/call", params("0"), "9")
        .events(End.COMPLETE, of(streams, "call"))
        .sent("stream-call-2", "tools/call", params("1"), "9")
        .events(End.CLOSED, of(streams, "cut"))
        .sent("whole-call", "tools/call", params("whole"), "9")
        .events(End.valueOf(of(streams, "whole-end")[0]), of(streams, "whole"))
        .bodiless("listening")
        .events(End.CLOSED, of(streams, "listening"))
        .bodiless("resumed")
        .events(End.COMPLETE, of(streams, "resumed"))
        .bodiless("returned")
        .events(End.COMPLETE, of(streams, "returned"))
        .fact("of-resumed", "stream-call")
        .fact("of-returned", "stream-call-2")
        .judged();
  }

  @ParameterizedTest
  @MethodSource("faults")
  void lawfulStreamsPass(Fault fault) {
    assertThat(judged(fault.clause(), lawful())).isInstanceOf(Verdict.Pass.class);
  }

  @ParameterizedTest
  @MethodSource("faults")
  void oneFaultIsTold(Fault fault) {
    Map<String, String[]> streams = lawful();
    fault.change().accept(streams);
    assertThat(judged(fault.clause(), streams))
        .isInstanceOfSatisfying(
            Verdict.Fail.class,
            fail -> {
              assertThat(fail.findings()).hasSize(1);
              assertThat(fail.findings().getFirst().summary()).contains(fault.summary());
            });
  }

  @ParameterizedTest
  @MethodSource("faults")
  void withoutAStreamNothingIsConcluded(Fault fault) {
    assertThat(
            opened(fault.clause())
                .sent("stream-call", "tools/call", params("0"), "9")
                .result("{}")
                .judged())
        .isInstanceOfSatisfying(
            Verdict.NotObserved.class,
            unseen -> assertThat(unseen.missing()).startsWith("the target gave no occasion: "));
  }
}
