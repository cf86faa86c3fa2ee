package dev.plumbline.conformance.rule.stateless;

import dev.plumbline.conformance.rule.Answer;
import dev.plumbline.conformance.rule.Examination;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Requires;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.rule.Seen;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A tool that asked its client, and whose lawful last round completed it.
 *
 * @param recording where it was seen
 * @param name its name
 * @param twin the lawful last round, sent after all that changed something
 */
record AskingTool(Recording recording, String name, Exchange twin) {
  private static final Requires CALLABLE = Probes.STATELESS.withCallableTool();

  /** What became of a last round with one change. */
  enum Effect {
    /** An error, a tool error or a question: the server noticed. */
    NOTICED,
    /** A result like the lawful one. */
    SAME,
    /** Another result. */
    OTHER,
    /** No answer. */
    UNKNOWN
  }

  /** Judges one tool; says how many subjects it really judged. */
  @FunctionalInterface
  interface Judge {
    int judge(AskingTool tool, Examination examination);
  }

  /** A rule over each tool that asks. */
  static Rule rule(String clause, String none, Judge judge) {
    return rule(clause, recording -> judged(recording, none, judge));
  }

  static Rule rule(String clause, Function<Recording, Verdict> judge) {
    return new Rule(clause, Probes.ANY, CALLABLE, QuestionWalk.SCRIPT, judge);
  }

  private static Verdict judged(Recording recording, String none, Judge judge) {
    Examination examination = new Examination(recording);
    if (examination.served(Probes.LAWFUL)) {
      List<AskingTool> tools = all(recording);
      int judged = 0;
      for (AskingTool tool : tools) {
        judged += judge.judge(tool, examination);
      }
      if (tools.isEmpty()) {
        examination.unseen("no tool that may be called asks its client and takes the answer");
      } else if (judged == 0) {
        examination.unseen(none);
      }
    }
    return examination.verdict();
  }

  private static List<AskingTool> all(Recording recording) {
    return recording
        .exchanges(QuestionWalk.TWIN)
        .filter(twin -> twin.accepted() && !Rounds.asks(twin) && !isToolError(twin))
        .map(twin -> new AskingTool(recording, Seen.called(twin), twin))
        .toList();
  }

  private static boolean isToolError(Exchange exchange) {
    return exchange.result().filter(r -> r.path("isError").asBoolean(false)).isPresent();
  }

  /** What was sent to this tool under that label. */
  Stream<Exchange> sent(String label) {
    return recording.exchanges(label).filter(e -> Seen.called(e).equals(name));
  }

  Effect effect(Exchange changed) {
    if (Answer.missing(changed).isPresent()) {
      return Effect.UNKNOWN;
    }
    if (!changed.accepted() || Rounds.asks(changed) || isToolError(changed)) {
      return Effect.NOTICED;
    }
    return outcome(changed).equals(outcome(twin)) ? Effect.SAME : Effect.OTHER;
  }

  /** What a complete result says. */
  static Optional<JsonNode> outcome(Exchange exchange) {
    return exchange.result().map(TaskSeen::outcome);
  }

  /** A finding about one exchange with this tool. */
  void broken(
      Examination examination, Exchange exchange, String summary, String expected, String fix) {
    String actual =
        "The answer is "
            + (Rounds.asks(exchange) ? "another question" : Answer.told(exchange))
            + outcome(exchange).map(o -> ": " + cut(o.toString())).orElse("")
            + ".";
    examination.broken(exchange, summary, expected, actual, fix);
  }

  private static String cut(String text) {
    int most = 300;
    return text.length() <= most ? text : text.substring(0, most) + "…";
  }
}
