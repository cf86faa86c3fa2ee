package dev.plumbline.conformance.rule;

import dev.plumbline.conformance.probe.CallableTool;
import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.Draft;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.HarnessException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Lists that are read to their end, what stands in them, and what changes them. */
public final class Listing {
  private Listing() {}

  /** Reads a list to its end; the first page is returned, the others have numbered labels. */
  public static Exchange pages(
      Conversation conversation, String label, String method, UnaryOperator<Draft> edit)
      throws HarnessException, InterruptedException {
    Exchange first = conversation.send(label, edit.apply(conversation.draft(method)));
    Exchange last = first;
    for (int page = 1; page < Probes.MAX_PAGES; page++) {
      Optional<String> cursor = cursor(last);
      if (cursor.isEmpty()) {
        break;
      }
      Draft next = conversation.draft(method, Probes.params("cursor", cursor.get()));
      last = conversation.send(label, edit.apply(next));
    }
    return first;
  }

  /** Where the list goes on after this page. */
  public static Optional<String> cursor(Exchange list) {
    return list.result().map(r -> r.path("nextCursor")).flatMap(JsonNode::stringValueOpt);
  }

  /** Whether the exchange was given this label, made unique or not. */
  public static boolean isOf(Exchange exchange, String label) {
    return exchange.label().equals(label) || exchange.label().matches(label + "-\\d+");
  }

  /** What stands on all pages of one listing, sorted: the order is another clause's business. */
  public static List<String> names(Recording recording, String feature, String label) {
    return recording.exchanges().stream()
        .filter(e -> isOf(e, label))
        .flatMap(e -> e.result().stream())
        .flatMap(result -> result.path(feature).valueStream())
        .map(n -> n.path("name").asString("") + " " + n.path("uri").asString(""))
        .sorted()
        .toList();
  }

  /** A tool that may be called and changes the list of a feature that tells so, by its name. */
  public static Optional<CallableTool> changing(Stage stage, String feature) {
    String one = feature.substring(0, feature.length() - 1);
    Pattern name =
        Pattern.compile("(?i).*(trigger|change|toggle|add|remove|enable|disable).*" + one + ".*");
    return stage.probe().declares(feature + ".listChanged")
        ? Probes.callableTools(stage).stream()
            .filter(tool -> name.matcher(tool.tool().name()).matches())
            .findFirst()
        : Optional.empty();
  }
}
