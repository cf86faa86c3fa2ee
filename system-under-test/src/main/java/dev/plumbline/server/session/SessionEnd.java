package dev.plumbline.server.session;

import dev.plumbline.server.limit.Limits;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.RpcError;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;

/** Why a session ends, and what its client is told that still waits for answers. */
public enum SessionEnd {
  /** Its client ended it, or its wire is gone: nobody waits. */
  CLIENT(""),
  /** An operator drained it, and its requests did not end in time. */
  DRAINED("was drained by an operator and its time was over"),
  /** An operator killed it. */
  KILLED("was killed by an operator"),
  /** It was not used, or its handshake not finished, in time. */
  EXPIRED("has expired"),
  /** Another process has it now, or ended it. */
  ELSEWHERE("does not live in this process any more");

  private final String happened;

  SessionEnd(String happened) {
    this.happened = happened;
  }

  /**
   * The error of its requests; empty when they end without a word.
   *
   * @param session the pseudonym of the session
   */
  Optional<RpcError> error(String session) {
    if (this == CLIENT) {
      return Optional.empty();
    }
    return Optional.of(
        RpcError.of(ErrorCode.UNAVAILABLE, "the session " + happened + "; initialize again")
            .with(
                JsonNodeFactory.instance
                    .objectNode()
                    .put("session", session)
                    .put("ended", name().toLowerCase(Locale.ROOT))
                    .put("retryAfterMs", Limits.RETRY_AFTER.toMillis())));
  }
}
