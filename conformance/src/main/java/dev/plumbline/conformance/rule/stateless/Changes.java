package dev.plumbline.conformance.rule.stateless;

import dev.plumbline.conformance.probe.CallableTool;
import dev.plumbline.conformance.rule.Beside;
import dev.plumbline.conformance.rule.Listing;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Script;
import dev.plumbline.conformance.rule.Stage;
import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.Draft;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.TargetException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Listens to every change while tools are called that change a list or log, by their names. */
final class Changes {
  static final String LISTEN = "listen";
  static final String LOGGING = "logging";
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration LISTENING = Duration.ofSeconds(20);
  private static final Duration DUPLEX_PATIENCE = Duration.ofMillis(300);

  private Changes() {}

  /** Calls what may be called. */
  static final Script SCRIPT = Changes::run;

  private static void run(Stage stage)
      throws TargetException, HarnessException, InterruptedException {
    Conversation conversation = stage.open();
    boolean worth =
        !loggers(stage).isEmpty()
            || Probes.LISTED.stream().anyMatch(f -> Listing.changing(stage, f).isPresent());
    if (!Probes.lawful(conversation).accepted() || !worth) {
      return;
    }
    if (!stage.transport().isHttp()) {
      conversation.send(LISTEN, everything(conversation).deadline(DUPLEX_PATIENCE));
      change(stage, conversation, method -> conversation.listen("news", DUPLEX_PATIENCE));
      return;
    }
    try (Beside listening = Beside.send(stage, LISTEN, Changes::everything)) {
      if (listening.hears(m -> is(m, "notifications/subscriptions/acknowledged"), PATIENCE)) {
        change(stage, conversation, method -> listening.hears(m -> is(m, method), PATIENCE));
        logging(stage, conversation);
      }
    }
  }

  /** Waits for news of that method. */
  @FunctionalInterface
  private interface News {
    void await(String method) throws HarnessException, InterruptedException;
  }

  private static boolean is(JsonNode message, String method) {
    return message.path("method").asString("").equals(method);
  }

  private static Draft everything(Conversation conversation) {
    ObjectNode filter = Messages.object();
    ObjectNode wanted = filter.putObject("notifications");
    Probes.LISTED.forEach(feature -> wanted.put(feature + "ListChanged", true));
    return conversation.draft("subscriptions/listen", filter).deadline(LISTENING);
  }

  private static void change(Stage stage, Conversation conversation, News news)
      throws HarnessException, InterruptedException {
    for (String feature : Probes.LISTED) {
      Optional<CallableTool> tool = Listing.changing(stage, feature);
      if (tool.isPresent()) {
        String method = feature + "/list";
        Listing.pages(conversation, feature + "-before", method, draft -> draft);
        conversation.send(
            "change-" + feature, conversation.draft("tools/call", tool.get().params()));
        news.await("notifications/" + feature + "/list_changed");
        Listing.pages(conversation, feature + "-after", method, draft -> draft);
      }
    }
  }

  private static void logging(Stage stage, Conversation conversation)
      throws HarnessException, InterruptedException {
    for (CallableTool tool : loggers(stage)) {
      conversation.send(
          LOGGING,
          conversation
              .draft("tools/call", tool.params())
              .meta(meta -> meta.put("io.modelcontextprotocol/logLevel", "debug")));
    }
  }

  private static List<CallableTool> loggers(Stage stage) {
    return Probes.callableTools(stage).stream()
        .filter(tool -> tool.tool().name().matches("(?i).*log.*"))
        .limit(2)
        .toList();
  }
}
