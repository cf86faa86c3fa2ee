package dev.plumbline.conformance.rule;

import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Verdict;
import java.util.List;

/** PAGE-001 and PAGE-501: a cursor that was never issued is refused with -32602. */
public final class InvalidCursor {
  private static final String NEVER_ISSUED = "plumbline-never-issued";
  private static final String SUFFIX = "-list";
  private static final String MUTATED = "-list-invalid-cursor";

  private InvalidCursor() {}

  /** Asks for every declared list, lawfully and with a cursor nobody issued. */
  public static final Script SCRIPT =
      stage -> {
        Conversation conversation = stage.open();
        Probes.lists(stage, conversation);
        for (String feature : Probes.LISTED) {
          if (stage.probe().declares(feature)) {
            conversation.send(
                feature + MUTATED,
                conversation.draft(feature + "/list", Probes.params("cursor", NEVER_ISSUED)));
          }
        }
      };

  /** Judges every list that was served lawfully. */
  public static Verdict judge(Recording recording) {
    List<String> asked =
        Probes.LISTED.stream().filter(f -> recording.exchange(f + SUFFIX).isPresent()).toList();
    if (asked.isEmpty() && recording.fact(Recording.STOPPED).isEmpty()) {
      return new Verdict.NotApplicable("no feature with a list is declared");
    }
    Examination examination = new Examination(recording);
    for (String feature : asked) {
      if (examination.served(feature + SUFFIX)) {
        examination.answered(feature + MUTATED).ifPresent(e -> judge(e, feature, examination));
      }
    }
    return examination.verdict();
  }

  private static void judge(Exchange exchange, String feature, Examination examination) {
    if (exchange.errorCode().orElse(0) == Answer.INVALID_PARAMS) {
      examination.kept();
      return;
    }
    if (exchange.result().isEmpty() && exchange.error().isEmpty()) {
      examination.unseen("the invalid cursor got no JSON-RPC answer: " + Answer.told(exchange));
      return;
    }
    examination.broken(
        exchange,
        feature + "/list does not refuse a cursor that was never issued with error -32602.",
        "An invalid cursor leads to error -32602.",
        "Cursor " + NEVER_ISSUED + " was answered with " + Answer.told(exchange) + ".",
        "Check the cursor before using it, also when the list fits on one page, and answer with"
            + " error -32602 when it was not issued by this server.");
  }
}
