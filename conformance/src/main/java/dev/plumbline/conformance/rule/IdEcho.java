package dev.plumbline.conformance.rule;

import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** BASE-001 and BASE-502: a result carries the id of its request, with the same JSON type. */
public final class IdEcho {
  private static final Map<String, JsonNode> IDS = ids();

  private IdEcho() {}

  private static Map<String, JsonNode> ids() {
    Map<String, JsonNode> ids = new LinkedHashMap<>();
    ids.put("id-integer", Messages.NODES.numberNode(4711));
    ids.put("id-string-of-digits", Messages.NODES.stringNode("4712"));
    ids.put("id-string", Messages.NODES.stringNode("Plumbline-Id-A"));
    return ids;
  }

  /** Sends the cheapest lawful request once with each kind of id. */
  public static final Script SCRIPT =
      stage -> {
        Conversation conversation = stage.open();
        String method = Probes.cheapest(stage.era());
        for (Map.Entry<String, JsonNode> id : IDS.entrySet()) {
          conversation.send(id.getKey(), conversation.draft(method).id(id.getValue()));
        }
      };

  /** Judges every result that came back. */
  public static Verdict judge(Recording recording) {
    Examination examination = new Examination(recording);
    for (String label : IDS.keySet()) {
      examination.exchange(label).ifPresent(exchange -> judge(exchange, examination));
    }
    return examination.verdict();
  }

  private static void judge(Exchange exchange, Examination examination) {
    if (exchange.result().isPresent()) {
      examination.kept();
      return;
    }
    Optional<JsonNode> stray = strayResult(exchange);
    if (stray.isEmpty()) {
      examination.unseen(
          Answer.missing(exchange)
              .orElse(exchange.label() + " got no result: " + Answer.told(exchange)));
      return;
    }
    String sent = exchange.sentId().map(JsonNode::toString).orElse("none");
    String back = Answer.compact(stray.get().path("id"));
    examination.broken(
        exchange,
        "The result of a request with id " + sent + " carries id " + back + ".",
        "A result holds the very id of the request it answers: same value, same JSON type.",
        "Sent id " + sent + ", received id " + back + ".",
        "Keep the id as the JSON value that was received and write that value back.");
  }

  /** A result with another id. Over stdio only when it cannot belong to an earlier request. */
  private static Optional<JsonNode> strayResult(Exchange exchange) {
    List<JsonNode> results =
        exchange.messages().stream()
            .filter(Messages::isResponse)
            .filter(message -> message.has("result"))
            .toList();
    boolean resembles =
        exchange.transport().isHttp()
            || results.stream().anyMatch(r -> resembles(r.path("id"), exchange.sentId()));
    return resembles ? results.stream().findFirst() : Optional.empty();
  }

  private static boolean resembles(JsonNode received, Optional<JsonNode> sent) {
    return sent.isPresent() && received.asString("").equalsIgnoreCase(sent.get().asString(""));
  }
}
