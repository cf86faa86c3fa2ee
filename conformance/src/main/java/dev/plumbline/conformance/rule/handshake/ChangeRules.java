package dev.plumbline.conformance.rule.handshake;

import dev.plumbline.conformance.probe.CallableTool;
import dev.plumbline.conformance.rule.Examination;
import dev.plumbline.conformance.rule.Inbox;
import dev.plumbline.conformance.rule.Listing;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.rule.Script;
import dev.plumbline.conformance.rule.Stage;
import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.End;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.TargetException;
import dev.plumbline.evidence.model.Verdict;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Rules of the pages {@code 2025-11-25/server/tools}, {@code server/prompts} and {@code
 * server/resources} on what a session is told when a list changes. Over HTTP it is told on a stream
 * that the client opened; where there was none, nothing is concluded.
 */
public final class ChangeRules {
  private static final String LISTENING = HeldCall.LISTENING;
  private static final String BEFORE = "-before-";
  private static final String CHANGE = "-change-";
  private static final String AFTER = "-after-";

  /** Whoever changed the list before the stream was open has another chance. */
  private static final int ATTEMPTS = 2;

  /** How long the news may take. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private static final Script SCRIPT = ChangeRules::run;

  private ChangeRules() {}

  /** The rules; all look at one conversation. */
  public static List<Rule> rules() {
    return List.of(
        rule("TOOL-009", "tools"), rule("PROM-003", "prompts"), rule("RES-003", "resources"));
  }

  private static Rule rule(String clause, String feature) {
    return new Rule(
        clause,
        Probes.ANY,
        Probes.HANDSHAKE.capability(feature + ".listChanged"),
        SCRIPT,
        recording -> announced(recording, feature));
  }

  private static String news(String feature) {
    return "notifications/" + feature + "/list_changed";
  }

  // --- what is sent ------------------------------------------------------------------------------

  private static void run(Stage stage)
      throws TargetException, HarnessException, InterruptedException {
    Conversation conversation = stage.open();
    Map<String, CallableTool> tools = new LinkedHashMap<>();
    Probes.LISTED.forEach(f -> Listing.changing(stage, f).ifPresent(tool -> tools.put(f, tool)));
    if (!Probes.lawful(conversation).accepted() || tools.isEmpty()) {
      return;
    }
    Inbox<JsonNode> told = new Inbox<>();
    Optional<Conversation.Beside> listening =
        HeldCall.listening(conversation, get -> get.deadline(LIMIT).listener(told::add));
    try {
      for (Map.Entry<String, CallableTool> changing : tools.entrySet()) {
        boolean heard = false;
        for (int attempt = 1; attempt <= ATTEMPTS && !heard; attempt++) {
          heard = change(conversation, changing.getKey(), changing.getValue(), attempt, told);
        }
      }
    } finally {
      if (listening.isPresent()) {
        listening.get().end(Duration.ZERO);
      }
    }
  }

  private static boolean change(
      Conversation conversation,
      String feature,
      CallableTool tool,
      int attempt,
      Inbox<JsonNode> told)
      throws HarnessException, InterruptedException {
    String list = feature + "/list";
    Listing.pages(conversation, feature + BEFORE + attempt, list, draft -> draft);
    Exchange change =
        conversation.send(
            feature + CHANGE + attempt, conversation.draft("tools/call", tool.params()));
    boolean heard = tells(change.messages(), feature);
    if (!heard && conversation.transport().isHttp()) {
      heard = told.await(m -> tells(List.of(m), feature), PATIENCE).isPresent();
    } else if (!heard) {
      heard = tells(conversation.listen(LISTENING, PATIENCE).messages(), feature);
    }
    Listing.pages(conversation, feature + AFTER + attempt, list, draft -> draft);
    return heard;
  }

  private static boolean tells(List<JsonNode> messages, String feature) {
    return messages.stream().anyMatch(m -> m.path("method").asString("").equals(news(feature)));
  }

  // --- what is concluded -------------------------------------------------------------------------

  private static Verdict announced(Recording recording, String feature) {
    Examination examination = new Examination(recording);
    if (!examination.served(Probes.LAWFUL)) {
      return examination.verdict();
    }
    boolean heard = recording.exchanges().stream().anyMatch(e -> tells(e.messages(), feature));
    if (heard && recording.exchanges(feature + CHANGE).findAny().isPresent()) {
      examination.kept();
      return examination.verdict();
    }
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Optional<Exchange> change =
          recording.exchange(feature + CHANGE + attempt).filter(Exchange::accepted);
      Optional<Exchange> after =
          recording.exchange(feature + AFTER + attempt).filter(Exchange::accepted);
      List<String> old = Listing.names(recording, feature, feature + BEFORE + attempt);
      List<String> now = Listing.names(recording, feature, feature + AFTER + attempt);
      if (change.isPresent()
          && after.isPresent()
          && !old.equals(now)
          && couldTell(recording, change.get(), after.get())) {
        examination.broken(
            change.get(),
            "The list of " + feature + " changed, and the session was not told.",
            "When a list changes, a server that declared listChanged sends " + news(feature) + ".",
            "Before the call " + old + ", after it " + now + "; nothing came meanwhile.",
            "Send " + news(feature) + " to every session whenever the list changes.");
        return examination.verdict();
      }
    }
    examination.unseen("no tool that may be called changes the list of " + feature);
    return examination.verdict();
  }

  /** Whether the session had a stream open all the time, where it takes one. */
  private static boolean couldTell(Recording recording, Exchange change, Exchange after) {
    return !recording.transport().isHttp()
        || recording
            .exchange(LISTENING)
            .filter(StreamScript::isStream)
            .filter(e -> e.firstByteNanos() >= 0 && e.firstByteNanos() <= change.sentNanos())
            .filter(e -> e.end() != End.COMPLETE && e.endNanos() >= after.endNanos())
            .isPresent();
  }
}
