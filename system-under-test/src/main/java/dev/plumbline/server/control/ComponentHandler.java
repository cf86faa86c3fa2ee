package dev.plumbline.server.control;

/** What a component does with its control messages; one call at a time. */
@FunctionalInterface
public interface ComponentHandler {
  /**
   * Handles a message on a thread of the control plane. Acknowledges at once: what takes time goes
   * on elsewhere. A handler that does not come back within {@code control.handler} is interrupted,
   * and its component gets no message until it does.
   *
   * @return never null, which becomes {@link Refusal#FAILED}
   * @throws Exception becomes {@link Refusal#FAILED}
   */
  ControlReply handle(ControlMessage message) throws Exception;
}
