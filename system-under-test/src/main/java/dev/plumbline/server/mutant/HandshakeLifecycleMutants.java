package dev.plumbline.server.mutant;

import dev.plumbline.server.era.Answer;
import dev.plumbline.server.era.Inbound;
import dev.plumbline.server.era.Revisions;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.JsonLimits;
import dev.plumbline.server.protocol.Message;
import dev.plumbline.server.protocol.Reply;
import dev.plumbline.server.protocol.RequestId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Defects in messages, lifecycle and ping of the handshake era. */
final class HandshakeLifecycleMutants {
  private HandshakeLifecycleMutants() {}

  static List<Mutant> all() {
    return List.of(
        // BASE-001
        Planting.handshakeAnswer("id-digits-become-number", (_, _, answer) -> numeric(answer)),
        // BASE-002
        Planting.handshakeAnswer(
            "method-error-without-message", HandshakeLifecycleMutants::speechless),
        // LIFE-001
        Planting.handshakeResult(
            "server-info-without-version",
            "initialize",
            result -> result.withObjectProperty("serverInfo").remove("version")),
        // LIFE-002
        Planting.handshake(
            "version-rounded-up",
            parts -> parts.withNegotiation(HandshakeLifecycleMutants::roundedUp)),
        // LIFE-003
        Planting.handshake(
            "unknown-version-echoed",
            parts ->
                parts.withNegotiation(
                    asked -> Revisions.isKnown(asked) ? parts.negotiation().apply(asked) : asked)),
        // PING-001
        Planting.handshakeResult(
            "ping-result-not-empty", "ping", result -> result.put("pong", true)));
  }

  private static Answer numeric(Answer answer) {
    return answer.body() instanceof Answer.Body.Rpc(RequestId.Text(var id), var reply)
            && id.matches("[0-9]+")
        ? answer.withBody(new Answer.Body.Rpc(new RequestId.Whole(id), reply))
        : answer;
  }

  private static Answer speechless(Inbound in, Message message, Answer answer) {
    boolean unknownMethod =
        answer.body() instanceof Answer.Body.Rpc(_, Reply.Failure(var error))
            && error.is(ErrorCode.METHOD_NOT_FOUND);
    if (!unknownMethod) {
      return answer;
    }
    String json = new String(answer.bytes(), StandardCharsets.UTF_8);
    ObjectNode tree = (ObjectNode) JsonLimits.mapper().readTree(json);
    tree.withObjectProperty("error").remove("message");
    return answer.withBody(new Answer.Body.Raw(tree.toString()));
  }

  private static String roundedUp(String asked) {
    int index = Revisions.HANDSHAKE.indexOf(asked);
    return index < 0 || index == Revisions.HANDSHAKE.size() - 1
        ? Revisions.NEWEST_HANDSHAKE
        : Revisions.HANDSHAKE.get(index + 1);
  }
}
