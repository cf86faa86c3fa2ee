package dev.plumbline.server.session;

import dev.plumbline.server.limit.Limits;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.RpcError;
import dev.plumbline.server.registry.Reason;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;

/** Why a session ends, and what its client is told that still waits for answers. */
public enum SessionEnd {
  /** Its client ended it: nobody waits. */
  CLIENT("", Reason.ASKED),
  /** Its wire is gone: nobody waits. */
  WIRE("", Reason.DISCONNECTED),
  /** An operator drained it, and its requests did not end in time. */
  DRAINED("was drained by an operator and its time was over", Reason.DRAINED),
  /** An operator killed it. */
  KILLED("was killed by an operator", Reason.KILLED),
  /** It was not used, or its handshake not finished, in time. */
  EXPIRED("has expired", Reason.TIMED_OUT),
  /** It could not be stored, so that nobody was told of it. */
  UNSTORED("could not be stored", Reason.UNSTORED),
  /** Another process has it now, or ended it. */
  ELSEWHERE("does not live in this process any more", Reason.ELSEWHERE);

  private final String happened;
  private final Reason reason;

  SessionEnd(String happened, Reason reason) {
    this.happened = happened;
    this.reason = reason;
  }

  /** Why it is not there any more, for the audit of what went. */
  Reason reason() {
    return reason;
  }

  /**
   * The error of its requests; empty when they end without a word.
   *
   * @param session the pseudonym of the session
   */
  Optional<RpcError> error(String session) {
    if (happened.isEmpty()) {
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
