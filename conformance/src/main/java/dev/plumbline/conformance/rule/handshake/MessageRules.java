package dev.plumbline.conformance.rule.handshake;

import dev.plumbline.conformance.rule.Examination;
import dev.plumbline.conformance.rule.MessageShapes;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Verdict;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** Rules of the section on messages of the page {@code 2025-11-25/basic}. */
public final class MessageRules {
  private static final String REQUESTS = "a request of the server";
  private static final String ID_FIX =
      "Number the requests of the server, or name them by strings.";

  private MessageRules() {}

  /** The section's rules; all look at what one long conversation brought. */
  public static List<Rule> rules() {
    return List.of(
        over(
            "BASE-003",
            new EveryPiece(
                Heard::responses,
                MessageRules::both,
                "a response",
                "A response holds a result or an error, never both.",
                "Write the member error instead of result when a request fails, not beside it.")),
        over(
            "BASE-011",
            new EveryPiece(
                recording -> Heard.responses(recording).filter(h -> !h.node().has("error")),
                node ->
                    EveryPiece.when(
                        !node.has("result"), "A response holds neither result nor error."),
                "a response that is no error",
                "A response that is no error has a member result, be it empty.",
                "Write \"result\": {} when there is nothing to say.")),
        over(
            "BASE-008",
            new EveryPiece(
                recording -> Heard.requests(recording).filter(h -> !h.node().get("id").isNull()),
                node ->
                    EveryPiece.when(
                        !isId(node.get("id")),
                        "A request of the server has an id that is neither a string nor an integer."),
                REQUESTS,
                "The id of a request is a string or an integer.",
                ID_FIX)),
        over(
            "BASE-009",
            new EveryPiece(
                Heard::requests,
                node ->
                    EveryPiece.when(
                        node.get("id").isNull(), "A request of the server has the id null."),
                REQUESTS,
                "The id of a request is never null.",
                ID_FIX)),
        over("BASE-010", MessageRules::neverTwice),
        over(
            "BASE-013",
            new EveryPiece(
                Heard::notifications,
                node ->
                    EveryPiece.when(
                        node.has("id"),
                        "The notification " + node.path("method").asString("") + " carries an id."),
                "a notification",
                "A notification carries no id.",
                "Leave the member id away where no answer is expected.")));
  }

  private static Rule over(String clause, Function<Recording, Verdict> judge) {
    return new Rule(clause, Probes.ANY, Probes.HANDSHAKE, MessageShapes.SCRIPT, judge);
  }

  private static Optional<String> both(JsonNode response) {
    return EveryPiece.when(
        response.has("result") && response.has("error"),
        "A response holds both a result and an error.");
  }

  private static boolean isId(JsonNode id) {
    return id.isString() || id.isIntegralNumber();
  }

  private static Verdict neverTwice(Recording recording) {
    Examination examination = new Examination(recording);
    if (!examination.served(Probes.LAWFUL)) {
      return examination.verdict();
    }
    Set<JsonNode> used = new HashSet<>();
    Heard.requests(recording)
        .filter(request -> isId(request.node().get("id")))
        .forEach(
            request -> {
              JsonNode id = request.node().get("id");
              if (used.add(id)) {
                examination.kept();
              } else {
                examination.broken(
                    request.exchange(),
                    "The server used the request id " + id + " twice in one session.",
                    "Within a session a sender uses the id of a request once only.",
                    "Another request of this session had the id " + id + " before.",
                    "Count the requests of the server for each session and never start over.");
              }
            });
    if (used.isEmpty()) {
      examination.unseen("the target gave no occasion: " + REQUESTS);
    }
    return examination.verdict();
  }
}
