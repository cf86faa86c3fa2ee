package dev.plumbline.conformance.rule.handshake;

import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Script;
import dev.plumbline.conformance.rule.Stage;
import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.TargetException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads every declared list twice, uses its first cursor once more in between, then sends cursors
 * that are wrong, and reads it again.
 */
final class CursorScript {
  static final Script SCRIPT = CursorScript::run;

  /** The readings of a whole list. */
  static final String FIRST = "-first";

  static final String SECOND = "-second";
  static final String THIRD = "-third";

  /** The first cursor, used again. */
  static final String AGAIN = "-again";

  /** The cursors that nobody issued. */
  static final String WRONG = "-wrong-";

  private static final int LONG = 10_000;

  private CursorScript() {}

  private static void run(Stage stage)
      throws TargetException, HarnessException, InterruptedException {
    Conversation conversation = stage.open();
    if (!Probes.lawful(conversation).accepted()) {
      return;
    }
    for (String feature : Probes.LISTED) {
      if (stage.probe().declares(feature)) {
        Optional<JsonNode> cursor = read(conversation, feature, FIRST);
        if (cursor.isPresent()) {
          send(conversation, feature, AGAIN, cursor.get());
        }
        read(conversation, feature, SECOND);
        for (Map.Entry<String, JsonNode> wrong : wrong(cursor).entrySet()) {
          send(conversation, feature, WRONG + wrong.getKey(), wrong.getValue());
        }
        read(conversation, feature, THIRD);
      }
    }
  }

  private static Map<String, JsonNode> wrong(Optional<JsonNode> lawful) {
    String known = lawful.flatMap(JsonNode::stringValueOpt).orElse("");
    return new TreeMap<>(
        Map.of(
            "made-up", Messages.NODES.stringNode("plumbline-never-issued"),
            "empty", Messages.NODES.stringNode(""),
            "long", Messages.NODES.stringNode("x".repeat(LONG)),
            "changed", Messages.NODES.stringNode(known + "x"),
            "number", Messages.NODES.numberNode(7)));
  }

  private static Exchange send(
      Conversation conversation, String feature, String label, JsonNode cursor)
      throws HarnessException, InterruptedException {
    ObjectNode params = Messages.object();
    params.set("cursor", cursor);
    return conversation.send(feature + label, conversation.draft(feature + "/list", params));
  }

  /** Reads the list to its end; the cursor of its first page. */
  private static Optional<JsonNode> read(Conversation conversation, String feature, String label)
      throws HarnessException, InterruptedException {
    Exchange page = conversation.send(feature + label, conversation.draft(feature + "/list"));
    Optional<JsonNode> first = next(page);
    Optional<JsonNode> cursor = first;
    for (int pages = 1; pages < Probes.MAX_PAGES && cursor.isPresent(); pages++) {
      cursor = next(send(conversation, feature, label, cursor.get()));
    }
    return first;
  }

  private static Optional<JsonNode> next(Exchange page) {
    return page.result().map(r -> r.path("nextCursor")).filter(JsonNode::isString);
  }

  /** The entries of one reading, in order; empty when a page of it was not served. */
  static Optional<List<JsonNode>> entries(Recording recording, String feature, String label) {
    List<Exchange> pages = recording.exchanges(feature + label).toList();
    return pages.isEmpty() || !pages.stream().allMatch(Exchange::accepted)
        ? Optional.empty()
        : Optional.of(pages.stream().flatMap(page -> entries(page, feature)).toList());
  }

  static Stream<JsonNode> entries(Exchange page, String feature) {
    return page.result().stream().flatMap(r -> r.path(feature).valueStream());
  }
}
