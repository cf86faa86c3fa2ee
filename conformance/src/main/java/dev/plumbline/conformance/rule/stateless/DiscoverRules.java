package dev.plumbline.conformance.rule.stateless;

import dev.plumbline.conformance.rule.Answer;
import dev.plumbline.conformance.rule.Examination;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.rule.Stage;
import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.Draft;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.TargetException;
import dev.plumbline.evidence.model.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Rules of the page {@code 2026-07-28/server/discover}. */
public final class DiscoverRules {
  private static final String TWIN = "tools-list";

  private DiscoverRules() {}

  /** The page's rules. */
  public static List<Rule> rules() {
    return List.of(
        new Rule(
            "DISC-501",
            Probes.ANY,
            Probes.STATELESS,
            DiscoverRules::discovers,
            DiscoverRules::statesVersionsAndCapabilities));
  }

  private static void discovers(Stage stage)
      throws TargetException, HarnessException, InterruptedException {
    Conversation conversation = stage.open();
    Exchange discover = Probes.lawful(conversation);
    if (!discover.accepted()) {
      conversation.send(TWIN, conversation.draft("tools/list"));
    }
  }

  private static Verdict statesVersionsAndCapabilities(Recording recording) {
    Examination examination = new Examination(recording);
    examination.answered(Probes.LAWFUL).ifPresent(e -> judge(e, recording, examination));
    return examination.verdict();
  }

  private static void judge(Exchange exchange, Recording recording, Examination examination) {
    Optional<JsonNode> result = exchange.result();
    if (result.isEmpty()) {
      judgeRefusal(exchange, recording, examination);
      return;
    }
    List<String> defects = defects(result.get(), version(exchange));
    if (defects.isEmpty()) {
      examination.kept();
      return;
    }
    broken(exchange, String.join(", ", defects), examination);
  }

  /** An unknown method breaks the requirement only on a server that serves this era otherwise. */
  private static void judgeRefusal(
      Exchange exchange, Recording recording, Examination examination) {
    boolean unknown = exchange.errorCode().orElse(0) == Answer.METHOD_NOT_FOUND;
    if (unknown && recording.exchange(TWIN).filter(Exchange::accepted).isPresent()) {
      broken(exchange, "the method is unknown", examination);
    } else {
      examination.unseen("server/discover was not served: " + Answer.told(exchange));
    }
  }

  private static String version(Exchange exchange) {
    return exchange
        .sentMessage()
        .map(m -> m.path("params").path("_meta").path(Draft.META_VERSION).asString(""))
        .orElse("");
  }

  private static List<String> defects(JsonNode result, String version) {
    List<String> defects = new ArrayList<>();
    JsonNode versions = result.path("supportedVersions");
    if (!versions.isArray() || !versions.valueStream().allMatch(JsonNode::isString)) {
      defects.add("supportedVersions is not a list of versions");
    } else if (versions.valueStream().noneMatch(v -> v.stringValue().equals(version))) {
      defects.add("supportedVersions lacks " + version + ", which the server just served");
    }
    if (!result.path("capabilities").isObject()) {
      defects.add("capabilities is not an object");
    }
    return defects;
  }

  private static void broken(Exchange exchange, String defect, Examination examination) {
    examination.broken(
        exchange,
        "server/discover does not answer as the page asks: " + defect + ".",
        "Every server implements server/discover; its result lists the supported protocol versions"
            + " and the capabilities.",
        "Observed: " + defect + ".",
        "Answer server/discover with supportedVersions (strings) and capabilities (an object).");
  }
}
