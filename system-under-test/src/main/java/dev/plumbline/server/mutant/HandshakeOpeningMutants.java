package dev.plumbline.server.mutant;

import dev.plumbline.server.era.Answer;
import dev.plumbline.server.era.Inbound;
import dev.plumbline.server.era.Revisions;
import dev.plumbline.server.era.Wire;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.Message;
import dev.plumbline.server.protocol.Reply;
import dev.plumbline.server.transport.HeadRules;
import java.util.List;

/** Defects at the edge of a session of the handshake era. */
final class HandshakeOpeningMutants {
  private static final int FORBIDDEN = 403;
  private static final int MISSING = 400;

  private HandshakeOpeningMutants() {}

  static List<Mutant> all() {
    return List.of(
        // BASE-004
        Planting.handshakeAnswer("method-error-without-id", (_, _, answer) -> nameless(answer)),
        // LIFE-004
        Planting.handshake(
            "unknown-version-answered-old",
            parts ->
                parts.withNegotiation(
                    asked ->
                        Revisions.isKnown(asked)
                            ? parts.negotiation().apply(asked)
                            : Revisions.HANDSHAKE.getFirst())),
        // TRAN-008
        Planting.handshakeAnswer("missing-session-not-found", HandshakeOpeningMutants::notFound),
        // TRAN-016
        new Mutant(
            "foreign-origin-listens",
            parts ->
                parts.withHeadRule(
                    HeadRules.ORIGIN,
                    check ->
                        head ->
                            check
                                .refusal(head)
                                .filter(
                                    answer ->
                                        answer.status() != FORBIDDEN
                                            || head.method().equals("POST")))));
  }

  private static Answer nameless(Answer answer) {
    return answer.body() instanceof Answer.Body.Rpc(_, Reply.Failure(var error))
            && error.is(ErrorCode.METHOD_NOT_FOUND)
        ? answer.withBody(new Answer.Body.Rpc(null, new Reply.Failure(error)))
        : answer;
  }

  private static Answer notFound(Inbound in, Message message, Answer answer) {
    return in.wire() == Wire.HTTP
            && !in.claimsSession()
            && answer.status() == MISSING
            && message instanceof Message.Request request
            && request.method().equals("ping")
        ? answer.withStatus(404)
        : answer;
  }
}
