package dev.plumbline.server.era;

import dev.plumbline.server.limit.Refusal;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.RequestId;
import dev.plumbline.server.protocol.RpcError;

/** From an error a method gave to the answer that carries it. */
final class FailureAnswer {
  private FailureAnswer() {}

  static Answer of(RequestId id, RpcError error) {
    for (ErrorCode code : ErrorCode.values()) {
      if (error.is(code)) {
        Answer answer = Answer.refusal(ErrorStatus.of(code), id, error);
        return switch (code) {
          case OVERLOADED, DRAINING, UNAVAILABLE, STORE_UNAVAILABLE ->
              answer.with("Retry-After", Refusal.retryAfterSeconds(error));
          default -> answer;
        };
      }
    }
    return Answer.refusal(200, id, error);
  }
}
