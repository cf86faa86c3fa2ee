package dev.plumbline.server.era;

import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.RequestId;
import dev.plumbline.server.protocol.RpcError;
import dev.plumbline.server.session.Session;
import org.jspecify.annotations.Nullable;

/** From an error a method gave to the answer a session gets. */
final class HandshakeFailure {
  private HandshakeFailure() {}

  static Answer of(@Nullable Session session, RequestId id, RpcError error) {
    if (error.is(ErrorCode.URL_ELICITATION_REQUIRED) && !opensUrls(session)) {
      // 2025-11-25 client/elicitation: a client that cannot open URLs must not be sent to one.
      return Answer.refusal(
          200, id, RpcError.of(ErrorCode.INVALID_REQUEST, "this needs elicitation in URL mode"));
    }
    // The request itself was lawful; that the method refuses it is an ordinary answer.
    return error.is(ErrorCode.INVALID_REQUEST)
        ? Answer.refusal(200, id, error)
        : FailureAnswer.of(id, error);
  }

  private static boolean opensUrls(@Nullable Session session) {
    return session != null
        && session.revision().equals(Revisions.NEWEST_HANDSHAKE)
        && session.client().declares("elicitation/url");
  }
}
