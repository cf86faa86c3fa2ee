package dev.plumbline.conformance.rule.stateless;

import static dev.plumbline.conformance.rule.stateless.AskingTool.rule;

import dev.plumbline.conformance.rule.Every.Subject;
import dev.plumbline.conformance.rule.Examination;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.rule.SampledMessages;
import dev.plumbline.conformance.rule.Seen;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Rules of the page {@code 2026-07-28/client/sampling} about models that use tools. */
public final class SampledToolRules {
  private static final String NO_LOOP = "no tool offers tools to the client's model";

  private SampledToolRules() {}

  /** The page's rules on the use of tools. */
  public static List<Rule> rules() {
    return List.of(
        rule(
            "SAMP-509",
            conversations(
                SampledMessages::mixed,
                "A user message with tool results holds nothing else.",
                "Put text into a message of its own, after the one with the results.")),
        rule(
            "SAMP-510",
            conversations(
                SampledMessages::unbalanced,
                "Each message with tool uses is followed by a user message with a result for every"
                    + " one of them.",
                "Answer every tool use of a message in the next one, also those that failed.")),
        rule(
            "SAMP-521",
            conversations(
                SampledToolRules::notOneEach,
                "Each tool use is answered by one tool result with its id, in a message that holds"
                    + " only results.",
                "Make one tool_result for each tool_use and copy its id to toolUseId.")),
        rule("SAMP-522", SampledToolRules::ends));
  }

  /** The messages of every sampling request that went on with tool uses. */
  private static Stream<Subject> continued(Recording recording) {
    return recording
        .exchanges(QuestionWalk.LOOP)
        .flatMap(
            e ->
                Rounds.requests(e).properties().stream()
                    .map(Map.Entry::getValue)
                    .filter(r -> r.path("method").asString("").equals("sampling/createMessage"))
                    .map(r -> r.path("params").path("messages"))
                    .filter(
                        messages ->
                            SampledMessages.blocks(messages, "tool_use").findAny().isPresent())
                    .map(messages -> new Subject(e, Seen.called(e), messages)));
  }

  private static Function<Recording, Verdict> conversations(
      Function<JsonNode, Optional<String>> defect, String expected, String fix) {
    return recording -> {
      Examination examination = new Examination(recording);
      if (!examination.served(Probes.LAWFUL)) {
        return examination.verdict();
      }
      List<Subject> all = continued(recording).toList();
      if (all.isEmpty()) {
        examination.unseen(NO_LOOP);
      }
      boolean told = false;
      for (Subject subject : all) {
        Optional<String> wrong = defect.apply(subject.node());
        if (wrong.isEmpty()) {
          examination.kept();
        } else if (!told) {
          told = true;
          examination.broken(
              subject.exchange(),
              "A sampling request of " + subject.name() + " " + wrong.get() + ".",
              expected,
              "Its messages are " + subject.node() + ".",
              fix);
        }
      }
      return examination.verdict();
    };
  }

  private static Optional<String> notOneEach(JsonNode messages) {
    Map<String, Long> results =
        SampledMessages.blocks(messages, "tool_result")
            .collect(
                Collectors.groupingBy(
                    b -> b.path("toolUseId").asString(""), Collectors.counting()));
    return SampledMessages.blocks(messages, "tool_use")
        .map(b -> b.path("id").asString(""))
        .filter(id -> results.getOrDefault(id, 0L) != 1)
        .findFirst()
        .map(id -> "has " + results.getOrDefault(id, 0L) + " results for the tool use " + id)
        .or(() -> SampledMessages.mixed(messages));
  }

  private static Verdict ends(Recording recording) {
    Examination examination = new Examination(recording);
    if (!examination.served(Probes.LAWFUL)) {
      return examination.verdict();
    }
    Map<String, List<Exchange>> loops =
        recording
            .exchanges(QuestionWalk.LOOP)
            .collect(Collectors.groupingBy(Seen::called, Collectors.toList()));
    if (loops.isEmpty()) {
      examination.unseen(NO_LOOP);
    }
    loops.forEach(
        (tool, loop) -> {
          if (loop.size() <= QuestionWalk.MAX_TURNS || !Rounds.asks(loop.getLast())) {
            examination.kept();
          } else {
            examination.broken(
                loop.getLast(),
                tool + " goes on as long as the model wants to use tools.",
                "Loops of tool use have a limit.",
                "After " + loop.size() + " rounds it still asks the model.",
                "Count the rounds and end with what there is, or offer no tools the last time.");
          }
        });
    return examination.verdict();
  }
}
