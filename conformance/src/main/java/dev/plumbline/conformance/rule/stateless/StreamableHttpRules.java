package dev.plumbline.conformance.rule.stateless;

import dev.plumbline.conformance.rule.Answer;
import dev.plumbline.conformance.rule.Examination;
import dev.plumbline.conformance.rule.ForeignOrigin;
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

/**
 * Rules of the page {@code 2026-07-28/basic/transports/streamable-http}, mirrored headers apart.
 */
public final class StreamableHttpRules {
  private static final String UNKNOWN = "unknown-method";

  private StreamableHttpRules() {}

  /** The page's rules. */
  public static List<Rule> rules() {
    return List.of(
        new Rule(
            "TRAN-504",
            Probes.HTTP,
            Probes.STATELESS,
            StreamableHttpRules::callsUnknownMethod,
            StreamableHttpRules::answersNotFound),
        new Rule(
            "TRAN-505", Probes.HTTP, Probes.STATELESS, ForeignOrigin.SCRIPT, ForeignOrigin::judge),
        new Rule(
            "TRAN-532", Probes.HTTP, Probes.STATELESS, ForeignOrigin.SCRIPT, ForeignOrigin::judge));
  }

  private static void callsUnknownMethod(Stage stage)
      throws TargetException, HarnessException, InterruptedException {
    Conversation conversation = stage.open();
    Probes.lawful(conversation);
    conversation.send(UNKNOWN, conversation.draft(Probes.UNKNOWN_METHOD));
  }

  private static Verdict answersNotFound(Recording recording) {
    Examination examination = new Examination(recording);
    if (examination.served(Probes.LAWFUL)) {
      examination.answered(UNKNOWN).ifPresent(e -> judge(e, examination));
    }
    return examination.verdict();
  }

  private static void judge(Exchange exchange, Examination examination) {
    boolean named = exchange.errorCode().orElse(0) == Answer.METHOD_NOT_FOUND;
    if (named && exchange.status().orElse(0) == 404) {
      examination.kept();
      return;
    }
    examination.broken(
        exchange,
        "An unknown method is not answered with status 404 and error -32601.",
        "A method the server does not implement is answered with status 404 and JSON-RPC error"
            + " -32601.",
        "Method " + Probes.UNKNOWN_METHOD + " was answered with " + Answer.told(exchange) + ".",
        "Answer unknown methods with 404 Not Found and a body that holds error -32601.");
  }
}
