package dev.plumbline.server.mutant;

import dev.plumbline.server.feature.LogLevel;
import dev.plumbline.server.protocol.Message;
import dev.plumbline.server.protocol.RequestId;
import dev.plumbline.server.session.Session;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** Defects in questions of the handshake era and in what becomes of their answers. */
final class HandshakeAskMutants {
  private static final String ELICIT = "elicitation/create";
  private static final String SAMPLE = "sampling/createMessage";
  private static final String CANCELLED = "notifications/cancelled";

  private HandshakeAskMutants() {}

  static List<Mutant> all() {
    return List.of(
        // CANC-001, CANC-005
        HandshakeSaidMutants.params(
            "cancels-what-it-never-asked", CANCELLED, p -> p.put("requestId", "never-asked")),
        refusingLateAnswers(),
        // PROG-002
        HandshakeSaidMutants.params(
            "progress-token-of-two-questions",
            ELICIT,
            p -> {
              if (p.path("_meta") instanceof ObjectNode meta && meta.has("progressToken")) {
                meta.put("progressToken", "same");
              }
            }),
        // ELIC-014, ELIC-031
        HandshakeSaidMutants.params(
            "page-told-by-another-id",
            ELICIT,
            HandshakeSaidMutants.isForm().negate(),
            p -> p.put("elicitationId", p.path("elicitationId").asString("") + "-other")),
        takingAnyAnswer(),
        // ELIC-053, SAMP-014
        answer("form-number-taken", StatelessRoundMutants::numbersToText),
        answer("sampled-role-taken", StatelessRoundMutants::anyRole),
        // TASK-002
        elicitingAsATask(),
        // LOG-004
        Planting.handshakeMethod(
            "log-tells-password",
            "tools/call",
            (_, m) ->
                (context, params) -> {
                  if (params.path("arguments").has("password")) {
                    context.log(LogLevel.DEBUG, null, params.path("arguments"));
                  }
                  return m.call(context, params);
                }),
        // SAMP-008, SAMP-009
        HandshakeSaidMutants.params(
            "sampling-results-beside-text",
            SAMPLE,
            p ->
                StatelessRoundMutants.results(
                    p,
                    content ->
                        content.insertObject(0).put("type", "text").put("text", "Here it is:"))),
        HandshakeSaidMutants.params(
            "sampling-result-missing",
            SAMPLE,
            p -> StatelessRoundMutants.results(p, c -> c.remove(c.size() - 1))));
  }

  /** Spoils what a client answers, before anybody looks at it. */
  private static Mutant answer(String name, Consumer<ObjectNode> spoil) {
    return StatelessMutationMutants.decoding(
        name,
        text -> {
          if (!text.contains("\"result\"")) {
            return text;
          }
          try {
            ObjectNode message = HandshakeSaidMutants.read(text);
            if (message.path("result") instanceof ObjectNode result) {
              spoil.accept(result);
            }
            return message.toString();
          } catch (JacksonException | ClassCastException e) {
            return text;
          }
        });
  }

  /** Whoever takes some requests as tasks is sent all as tasks. */
  private static Mutant elicitingAsATask() {
    return Planting.handshake(
        "task-of-undeclared-method",
        parts ->
            parts.withSaid(
                (session, message) -> {
                  ObjectNode said = HandshakeSaidMutants.read(message);
                  if (session == null
                      || !session.client().capabilities().has("tasks")
                      || !said.path("method").asString("").equals(ELICIT)) {
                    return List.of(message);
                  }
                  said.withObjectProperty("params").putObject("task");
                  return List.of(HandshakeSaidMutants.write(said));
                }));
  }

  private static Mutant refusingLateAnswers() {
    Set<String> withdrawn = ConcurrentHashMap.newKeySet();
    return Planting.handshake(
        "late-answer-refused",
        parts ->
            parts
                .withSaid(
                    (_, message) -> {
                      ObjectNode said = HandshakeSaidMutants.read(message);
                      if (said.path("method").asString("").equals(CANCELLED)) {
                        withdrawn.add(said.path("params").path("requestId").asString(""));
                      }
                      return List.of(message);
                    })
                .withAnswers(
                    (_, message, answer) ->
                        message instanceof Message.Response response
                                && withdrawn.contains(id(response))
                            ? answer.withStatus(400)
                            : answer));
  }

  /** The question is looked for in every session. */
  private static Mutant takingAnyAnswer() {
    Map<String, Session> askers = new ConcurrentHashMap<>();
    return Planting.handshake(
        "answer-of-any-session",
        parts ->
            parts
                .withSaid(
                    (session, message) -> {
                      String id = HandshakeSaidMutants.read(message).path("id").asString("");
                      if (session != null && !id.isEmpty()) {
                        askers.put(id, session);
                      }
                      return List.of(message);
                    })
                .withAnswers(
                    (_, message, answer) -> {
                      Session asker =
                          message instanceof Message.Response response
                              ? askers.get(id(response))
                              : null;
                      if (asker != null && message instanceof Message.Response(var id, var reply)) {
                        asker.answer(id, reply);
                      }
                      return answer;
                    }));
  }

  /** The ids of the server's own requests are texts. */
  private static String id(Message.Response response) {
    return response.id() instanceof RequestId.Text(var text) ? text : "";
  }
}
