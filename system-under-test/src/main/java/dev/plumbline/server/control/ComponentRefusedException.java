package dev.plumbline.server.control;

/** A component cannot be registered; nothing was changed. */
public final class ComponentRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  ComponentRefusedException(String reason) {
    super(reason);
  }
}
