package dev.plumbline.server.control;

import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** What became of a control message. Every message gets exactly one. */
public sealed interface ControlReply {
  /**
   * How a component is.
   *
   * @param well true when it can do what was asked about
   * @param reason one sentence without secrets; empty when well
   * @param facts what else it says
   */
  record HealthReport(boolean well, String reason, ObjectNode facts) implements ControlReply {}

  /**
   * What was asked for has begun, or is done (C1: the acknowledgement, not the completion).
   *
   * @param state what the subject is now, for example {@code draining}
   * @param operation where its completion will be told; empty when it is complete already
   */
  record Acknowledged(String state, Optional<Operation> operation) implements ControlReply {
    /** Done already. */
    public static Acknowledged done(String state) {
      return new Acknowledged(state, Optional.empty());
    }
  }

  /**
   * It was not done.
   *
   * @param cause why, for programs
   * @param text why, for people; no secrets
   * @param state what the subject is now; empty when that is not the reason
   */
  record Refused(Refusal cause, String text, String state) implements ControlReply {
    /** For a reason other than the state of the subject. */
    public Refused(Refusal cause, String text) {
      this(cause, text, "");
    }
  }
}
