package dev.plumbline.server.mutant;

import dev.plumbline.server.ServerParts;
import dev.plumbline.server.era.Answer;
import dev.plumbline.server.era.EraSelector;
import dev.plumbline.server.era.Inbound;
import dev.plumbline.server.era.Revisions;
import dev.plumbline.server.era.StatelessRules;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.Message;
import dev.plumbline.server.protocol.RpcError;
import dev.plumbline.server.transport.HeadRule;
import dev.plumbline.server.transport.HeadRules;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A server of the stateless era alone, which is no defect, and the same with defects in how it
 * turns down what an older client sends.
 */
final class StatelessOneEraMutants {
  /** The lawful server that speaks one era. */
  private static final String LAWFUL = "stateless-only";

  private StatelessOneEraMutants() {}

  static List<Mutant> all() {
    return List.of(
        new Mutant(LAWFUL, StatelessOneEraMutants::alone),
        // VERS-508
        new Mutant("initialize-refused-without-versions", parts -> alone(parts, "no such method")),
        // TRAN-553
        new Mutant(
            "version-header-optional",
            parts ->
                alone(parts)
                    .withStateless(
                        era ->
                            era.withRule(
                                StatelessRules.VERSION_HEADER,
                                check ->
                                    (in, request) ->
                                        in.headers().first(Inbound.VERSION_HEADER).isEmpty()
                                            ? Optional.empty()
                                            : check.refusal(in, request)))),
        // TRAN-508
        new Mutant(
            "get-not-found",
            parts -> alone(parts).withHeadRule(HeadRules.PATH, StatelessOneEraMutants::postsOnly)));
  }

  private static ServerParts alone(ServerParts parts) {
    return alone(parts, "this server speaks " + Revisions.STATELESS + " only");
  }

  private static ServerParts alone(ServerParts parts, String refusal) {
    ServerParts one =
        new ServerParts(
            parts.headRules(),
            parts.decoder(),
            parts.admission(),
            (_, _) -> EraSelector.Choice.STATELESS,
            parts.handshake(),
            parts.stateless(),
            parts.stdioLines(),
            parts.features());
    return one.withStateless(
        era ->
            era.withShape(
                    (method, result) -> {
                      ObjectNode shaped = era.shape().shape(method, result);
                      if (method.equals("server/discover")) {
                        shaped.putArray("supportedVersions").add(Revisions.STATELESS);
                      }
                      return shaped;
                    })
                .withAnswers((_, message, answer) -> refused(message, answer, refusal)));
  }

  private static Answer refused(Message message, Answer answer, String refusal) {
    if (!(message instanceof Message.Request request)) {
      return answer;
    }
    if (request.method().equals("initialize")) {
      return Answer.refusal(400, request.id(), RpcError.of(ErrorCode.INVALID_PARAMS, refusal));
    }
    JsonNode told =
        answer
            .failure()
            .filter(error -> error.is(ErrorCode.UNSUPPORTED_VERSION))
            .map(RpcError::data)
            .orElse(null);
    if (told == null) {
      return answer;
    }
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    data.putArray("supported").add(Revisions.STATELESS);
    data.set("requested", told.path("requested"));
    return Answer.refusal(400, request.id(), RpcError.of(ErrorCode.UNSUPPORTED_VERSION).with(data));
  }

  private static HeadRule.Check postsOnly(HeadRule.Check check) {
    return head ->
        head.method().equals("POST") ? check.refusal(head) : Optional.of(Answer.empty(404));
  }
}
