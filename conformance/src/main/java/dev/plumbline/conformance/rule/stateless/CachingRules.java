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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Rules of the page {@code 2026-07-28/server/utilities/caching}. */
public final class CachingRules {
  private static final Set<String> SCOPES = Set.of("public", "private");

  private CachingRules() {}

  /** The page's rules. */
  public static List<Rule> rules() {
    return List.of(
        new Rule(
            "CACH-501",
            Probes.ANY,
            Probes.STATELESS,
            CachingRules::asksForCacheables,
            CachingRules::resultsCarryHints));
  }

  private static void asksForCacheables(Stage stage)
      throws TargetException, HarnessException, InterruptedException {
    Conversation conversation = stage.open();
    Probes.lawful(conversation);
    Probes.lists(stage, conversation);
    if (!stage.probe().declares("resources")) {
      return;
    }
    conversation.send("templates-list", conversation.draft("resources/templates/list"));
    List<String> resources = stage.probe().resources();
    if (!resources.isEmpty()) {
      conversation.send(
          "read", conversation.draft("resources/read", Probes.params("uri", resources.getFirst())));
    }
  }

  private static Verdict resultsCarryHints(Recording recording) {
    Examination examination = new Examination(recording);
    for (Exchange exchange : recording.exchanges()) {
      exchange
          .result()
          .filter(result -> result.path("resultType").asString("complete").equals("complete"))
          .ifPresent(result -> judge(result, exchange, examination));
    }
    return examination.verdict();
  }

  private static void judge(JsonNode result, Exchange exchange, Examination examination) {
    List<String> defects = new ArrayList<>();
    JsonNode ttl = result.path("ttlMs");
    if (!ttl.canConvertToExactIntegral() || ttl.decimalValue().signum() < 0) {
      defects.add("ttlMs is " + Answer.compact(ttl));
    }
    JsonNode scope = result.path("cacheScope");
    if (!SCOPES.contains(scope.stringValue(""))) {
      defects.add("cacheScope is " + Answer.compact(scope));
    }
    if (defects.isEmpty()) {
      examination.kept();
      return;
    }
    String method = exchange.sentMessage().map(m -> m.path("method").asString("")).orElse("");
    examination.broken(
        exchange,
        "The result of " + method + " lacks its caching hints.",
        "A complete result of a cacheable operation has ttlMs, an integer of at least 0, and"
            + " cacheScope, \"public\" or \"private\".",
        String.join(", ", defects) + ".",
        "Write ttlMs and cacheScope into every complete result of " + method + ".");
  }
}
