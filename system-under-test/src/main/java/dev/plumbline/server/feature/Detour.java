package dev.plumbline.server.feature;

/**
 * Leaves a method that has not failed and goes on elsewhere. Cheap, without a stack trace; methods
 * do not catch it.
 */
public abstract class Detour extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A way out. */
  protected Detour(String name) {
    super(name, null, false, false);
  }
}
