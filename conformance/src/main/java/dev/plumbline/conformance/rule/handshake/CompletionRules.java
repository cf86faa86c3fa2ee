package dev.plumbline.conformance.rule.handshake;

import dev.plumbline.conformance.rule.Answer;
import dev.plumbline.conformance.rule.Examination;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.rule.Stage;
import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.TargetException;
import dev.plumbline.evidence.model.Verdict;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Rules of the page {@code 2025-11-25/server/utilities/completion} on servers without it. */
public final class CompletionRules {
  private static final String COMPLETE = "complete";
  private static final String CAPABILITY = "completions";

  private CompletionRules() {}

  /** The rules; what servers with completion refuse is among the mistakes. */
  public static List<Rule> rules() {
    return List.of(
        new Rule(
            "COMP-006",
            Probes.ANY,
            Probes.HANDSHAKE.since("2025-03-26"),
            CompletionRules::asks,
            CompletionRules::isUnknown));
  }

  private static void asks(Stage stage)
      throws TargetException, HarnessException, InterruptedException {
    Conversation conversation = stage.open();
    Probes.lawful(conversation);
    if (!stage.probe().declares(CAPABILITY)) {
      ObjectNode params = Messages.object();
      String prompt = stage.probe().prompts().stream().findFirst().orElse(Probes.UNKNOWN_NAME);
      params.putObject("ref").put("type", "ref/prompt").put("name", prompt);
      params.putObject("argument").put("name", "argument").put("value", "");
      conversation.send(COMPLETE, conversation.draft("completion/complete", params));
    }
  }

  private static Verdict isUnknown(Recording recording) {
    Examination examination = new Examination(recording);
    if (!examination.served("initialize") || !examination.served(Probes.LAWFUL)) {
      return examination.verdict();
    }
    boolean declared =
        recording
            .exchange("initialize")
            .flatMap(Exchange::result)
            .filter(result -> result.path("capabilities").has(CAPABILITY))
            .isPresent();
    if (declared) {
      return new Verdict.NotApplicable("the server completes");
    }
    examination.answered(COMPLETE).ifPresent(answer -> judge(answer, examination));
    return examination.verdict();
  }

  private static void judge(Exchange answer, Examination examination) {
    // Who finds fault with the arguments knows the method: that it is not declared is COMP-001's.
    boolean known =
        answer.result().isPresent() || answer.errorCode().orElse(0) == Answer.INVALID_PARAMS;
    Optional<String> other =
        known
            ? Optional.of("the server completes without saying so")
            : answer.error().isEmpty()
                ? Optional.of("the request got no JSON-RPC answer: " + Answer.told(answer))
                : Optional.empty();
    if (other.isPresent()) {
      examination.unseen(other.get());
    } else if (answer.errorCode().orElse(0) == Answer.METHOD_NOT_FOUND) {
      examination.kept();
    } else {
      examination.broken(
          answer,
          "A server without completion does not answer completion/complete with error -32601.",
          "A server that does not support completion answers with error -32601.",
          "The answer is " + Answer.told(answer) + ".",
          "Answer requests of features that are not there with error -32601.");
    }
  }
}
