package dev.plumbline.conformance.rule.handshake;

import dev.plumbline.conformance.probe.CallableTool;
import dev.plumbline.conformance.probe.ToolInfo;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Script;
import dev.plumbline.conformance.rule.Stage;
import dev.plumbline.conformance.wire.Bytes;
import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.Draft;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.TargetException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends batches, in a session of the one revision that knows them: one of two pings and a
 * notification, and, over HTTP, calls of tools between pings until one is answered by a stream.
 */
final class BatchScript {
  static final Script SCRIPT = BatchScript::run;

  /** The revision that knows batches. */
  static final String REVISION = "2025-03-26";

  /** The batch of pings, and what comes of it later. */
  static final String PINGS = "batch";

  /** The batches that hold a call. */
  static final String CALLS = "call-batch";

  /** A ping alone, when the batch was answered or had its time. */
  static final String AFTER = "after";

  private static final int MAX_CALLS = 8;
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final Duration REST = Duration.ofMillis(500);

  /** Tools of such names say something ahead of their answer. */
  private static final Pattern TALKS = Pattern.compile("(?i).*(progress|stream|log|slow|long).*");

  private BatchScript() {}

  private static void run(Stage stage)
      throws TargetException, HarnessException, InterruptedException {
    Conversation conversation = stage.open();
    if (!Probes.lawful(conversation).accepted() || !conversation.revision().equals(REVISION)) {
      return;
    }
    Draft late =
        conversation.notification(
            "notifications/cancelled", Probes.params("requestId", Probes.UNKNOWN_NAME));
    Exchange batch =
        conversation.send(
            PINGS, batch(conversation.draft("ping"), conversation.draft("ping"), late));
    if (!stage.transport().isHttp() && batch.messages().size() < 2) {
      conversation.listen(PINGS + "-rest", REST);
    }
    conversation.send(AFTER, conversation.draft("ping"));
    if (stage.transport().isHttp()) {
      calls(stage, conversation);
    }
  }

  private static void calls(Stage stage, Conversation conversation)
      throws HarnessException, InterruptedException {
    List<ToolInfo> tools =
        stage.probe().tools().stream()
            .filter(tool -> tool.callable() && stage.consent().covers(tool.needs()))
            .sorted(Comparator.comparing(tool -> !TALKS.matcher(tool.name()).matches()))
            .limit(MAX_CALLS)
            .toList();
    for (ToolInfo tool : tools) {
      ObjectNode params = new CallableTool(tool, (ObjectNode) tool.arguments().deepCopy()).params();
      params.putObject("_meta").put("progressToken", "plumbline-batch");
      Draft batch =
          batch(
              conversation.draft("ping"),
              conversation.draft("tools/call", params),
              conversation.draft("ping"));
      if (StreamScript.isStream(conversation.send(CALLS, batch.deadline(PATIENCE)))) {
        return;
      }
    }
  }

  private static Draft batch(Draft... drafts) {
    String all =
        Arrays.stream(drafts)
            .flatMap(draft -> draft.message().stream())
            .map(Messages::compact)
            .collect(Collectors.joining(",", "[", "]"));
    return drafts[0].rawBody(Bytes.text(all));
  }

  /** The ids of the requests of a batch. */
  static List<JsonNode> ids(Exchange batch) {
    return batch.sentMessage().stream()
        .flatMap(JsonNode::valueStream)
        .filter(Messages::isRequest)
        .map(request -> request.path("id"))
        .toList();
  }

  /** The responses to that request among these messages. */
  static Stream<JsonNode> answers(List<JsonNode> messages, JsonNode id) {
    return messages.stream().filter(message -> Messages.answers(message, id));
  }
}
