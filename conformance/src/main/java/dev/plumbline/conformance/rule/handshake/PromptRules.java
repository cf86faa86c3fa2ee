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
import tools.jackson.databind.JsonNode;

/** Rules of the page {@code 2025-11-25/server/prompts}. */
public final class PromptRules {
  private static final String LIST = "prompts-list";

  private PromptRules() {}

  /** The page's rules. */
  public static List<Rule> rules() {
    return List.of(
        new Rule(
            "PROM-001",
            Probes.ANY,
            Probes.HANDSHAKE,
            PromptRules::asksForPrompts,
            PromptRules::declaresWhatItOffers));
  }

  private static void asksForPrompts(Stage stage)
      throws TargetException, HarnessException, InterruptedException {
    Conversation conversation = stage.open();
    Probes.lawful(conversation);
    conversation.send(LIST, conversation.draft("prompts/list"));
  }

  private static Verdict declaresWhatItOffers(Recording recording) {
    Examination examination = new Examination(recording);
    if (!examination.served("initialize") || !examination.served(Probes.LAWFUL)) {
      return examination.verdict();
    }
    JsonNode capabilities =
        recording
            .exchange("initialize")
            .flatMap(Exchange::result)
            .orElseGet(Messages::object)
            .path("capabilities");
    boolean declared = capabilities.hasNonNull("prompts");
    boolean offered =
        recording
            .exchange(LIST)
            .flatMap(Exchange::result)
            .filter(result -> !result.path("prompts").isEmpty())
            .isPresent();
    if (!declared && !offered) {
      return recording
          .exchange(LIST)
          .flatMap(Answer::missing)
          .<Verdict>map(Verdict.NotObserved::new)
          .orElseGet(() -> new Verdict.NotApplicable("the server offers no prompts"));
    }
    if (declared) {
      if (examination.served(LIST)) {
        examination.kept();
      }
      return examination.verdict();
    }
    examination.exchange(LIST).ifPresent(e -> broken(e, examination));
    return examination.verdict();
  }

  private static void broken(Exchange exchange, Examination examination) {
    examination.broken(
        exchange,
        "The server lists prompts without declaring the prompts capability.",
        "A server that offers prompts declares prompts among its capabilities when it"
            + " initializes.",
        "prompts/list returned prompts, the answer to initialize declares none.",
        "Declare the prompts capability in the result of initialize, or do not offer prompts.");
  }
}
