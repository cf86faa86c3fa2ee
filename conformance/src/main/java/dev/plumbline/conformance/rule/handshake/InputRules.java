package dev.plumbline.conformance.rule.handshake;

import dev.plumbline.conformance.rule.Answer;
import dev.plumbline.conformance.rule.Every;
import dev.plumbline.conformance.rule.Every.Broken;
import dev.plumbline.conformance.rule.Examination;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.wire.End;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Rules on input that is odd rather than wrong, of the pages on prompts, completion and tasks. All
 * judge the conversation of {@link Mistakes}.
 */
public final class InputRules {
  private static final int INTERNAL_ERROR = -32603;

  private InputRules() {}

  /** The rules. */
  public static List<Rule> rules() {
    return List.of(
        new Rule(
            "PROM-008",
            Probes.ANY,
            Probes.HANDSHAKE.capability("prompts"),
            Mistakes.SCRIPT,
            InputRules::checksArguments),
        new Rule(
            "COMP-012",
            Probes.ANY,
            Probes.HANDSHAKE.capability("completions"),
            Mistakes.SCRIPT,
            InputRules::checksCompletions),
        new Rule(
            "TASK-001",
            Probes.ANY,
            Probes.HANDSHAKE.since("2025-11-25"),
            Mistakes.SCRIPT,
            InputRules::declaresTasks),
        new Rule(
            "TASK-016",
            Probes.ANY,
            Probes.HANDSHAKE.since("2025-11-25"),
            Mistakes.SCRIPT,
            InputRules::worksAsUsual));
  }

  private static Verdict checksArguments(Recording recording) {
    Examination examination = new Examination(recording);
    if (!examination.served(Probes.LAWFUL)) {
      return examination.verdict();
    }
    Optional<Exchange> odd = recording.exchange(Mistakes.ODD_ARGUMENT);
    if (odd.isEmpty()) {
      examination.unseen("the target gave no occasion: a prompt with a required argument");
    } else if (examination.served(Mistakes.GET)) {
      examination
          .answered(Mistakes.ODD_ARGUMENT)
          .ifPresent(
              exchange -> {
                if (exchange.result().isEmpty()) {
                  examination.kept();
                } else {
                  examination.broken(
                      exchange,
                      "A prompt takes an object for an argument.",
                      "The arguments of a prompt are checked before they are used; they are"
                          + " strings.",
                      "A required argument was {\"wrong\":true}; the answer is a prompt.",
                      "Check that every argument is a string, and answer with error -32602.");
                }
              });
    }
    return examination.verdict();
  }

  private static Verdict checksCompletions(Recording recording) {
    boolean lawful = recording.exchange(Mistakes.COMPLETE).filter(Exchange::accepted).isPresent();
    return Every.verdict(
        recording,
        lawful
            ? recording.exchanges(Mistakes.INPUT).filter(e -> e.end() != End.TIMED_OUT)
            : Stream.empty(),
        "the target gave no occasion: a completion that is served",
        exchange -> {
          boolean breakdown =
              exchange.errorCode().orElse(0) == INTERNAL_ERROR
                  || exchange.status().orElse(0) >= 500
                  || exchange.end() == End.CLOSED;
          return breakdown
              ? Optional.of(
                  new Broken(
                      exchange,
                      "Odd input to a completion leads to a breakdown.",
                      "The input of a completion is checked.",
                      "The answer is " + Answer.told(exchange) + ".",
                      "Check ref and argument first: answer with error -32602, or with no values."))
              : Optional.empty();
        });
  }

  private static boolean declared(Recording recording) {
    return recording
        .exchange("initialize")
        .flatMap(Exchange::result)
        .filter(result -> result.path("capabilities").has("tasks"))
        .isPresent();
  }

  private static boolean isTask(Exchange exchange) {
    return exchange
        .result()
        .filter(result -> result.path("task").path("taskId").isString())
        .isPresent();
  }

  private static Stream<Exchange> asTasks(Recording recording) {
    return recording.exchanges(Mistakes.AS_TASK).filter(e -> e.response().isPresent());
  }

  private static Verdict declaresTasks(Recording recording) {
    Examination examination = new Examination(recording);
    if (!examination.served(Probes.LAWFUL)) {
      return examination.verdict();
    }
    if (declared(recording)) {
      examination.kept();
      return examination.verdict();
    }
    return Every.verdict(
        recording,
        asTasks(recording),
        "the target gave no occasion: a tool that can be called",
        exchange ->
            isTask(exchange)
                ? Optional.of(
                    new Broken(
                        exchange,
                        "The server runs a request as a task without declaring tasks.",
                        "Who can run requests as tasks declares the capability tasks when it"
                            + " initializes.",
                        "The answer to initialize declares no tasks; a request with a member task"
                            + " is answered by a created task.",
                        "Declare tasks with what can be run as one, or ignore the member task."))
                : Optional.empty());
  }

  private static Verdict worksAsUsual(Recording recording) {
    return Every.verdict(
        recording,
        asTasks(recording)
            .filter(
                e ->
                    recording
                        .exchange(e.label().substring(Mistakes.AS_TASK.length()))
                        .filter(Exchange::accepted)
                        .isPresent()),
        "the target gave no occasion: a request that cannot be run as a task",
        exchange ->
            exchange.accepted() && !isTask(exchange)
                ? Optional.empty()
                : Optional.of(
                    new Broken(
                        exchange,
                        "A member task changes the answer to a request that cannot be a task.",
                        "Where the server declares no tasks for a kind of request it works on it as"
                            + " usual and ignores the member task.",
                        "Without the member the request is served; with it the answer is "
                            + Answer.told(exchange)
                            + ".",
                        "Ignore the member task of "
                            + exchange
                                .sentMessage()
                                .orElseGet(Messages::object)
                                .path("method")
                                .asString("")
                            + ".")));
  }
}
