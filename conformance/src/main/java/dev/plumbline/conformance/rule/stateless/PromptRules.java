package dev.plumbline.conformance.rule.stateless;

import dev.plumbline.conformance.rule.Answer;
import dev.plumbline.conformance.rule.Examination;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.rule.Stage;
import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.TargetException;
import dev.plumbline.evidence.model.Verdict;
import java.util.List;

/** Rules of the page {@code 2026-07-28/server/prompts}. */
public final class PromptRules {
  private static final String LIST = "prompts-list";

  private PromptRules() {}

  /** The page's rules. */
  public static List<Rule> rules() {
    return List.of(
        new Rule(
            "PROM-501",
            Probes.ANY,
            Probes.STATELESS.capability("prompts"),
            PromptRules::listsPrompts,
            PromptRules::answersWhatItDeclares));
  }

  private static void listsPrompts(Stage stage)
      throws TargetException, HarnessException, InterruptedException {
    Conversation conversation = stage.open();
    Probes.lawful(conversation);
    conversation.send(LIST, conversation.draft("prompts/list"));
  }

  private static Verdict answersWhatItDeclares(Recording recording) {
    Examination examination = new Examination(recording);
    if (examination.served(Probes.LAWFUL)) {
      examination.answered(LIST).ifPresent(e -> judge(e, examination));
    }
    return examination.verdict();
  }

  private static void judge(Exchange exchange, Examination examination) {
    boolean listed =
        exchange.result().filter(result -> result.path("prompts").isArray()).isPresent();
    boolean unknown = exchange.errorCode().orElse(0) == Answer.METHOD_NOT_FOUND;
    if (listed) {
      examination.kept();
    } else if (exchange.result().isEmpty() && !unknown) {
      examination.unseen("prompts/list was not served: " + Answer.told(exchange));
    } else {
      examination.broken(
          exchange,
          "The server declares prompts but does not list them.",
          "A server that declares prompts answers prompts/list with its prompts, be they none.",
          "prompts/list was answered with "
              + Answer.told(exchange)
              + (unknown ? "." : " that holds no list of prompts."),
          "Answer prompts/list with a list, or do not declare prompts in server/discover.");
    }
  }
}
