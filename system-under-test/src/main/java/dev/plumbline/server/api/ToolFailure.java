package dev.plumbline.server.api;

/**
 * Thrown by a tool to answer with a tool execution error. The message goes to the client, and the
 * model reads it: say what to do differently. Any other exception tells the client nothing.
 */
public final class ToolFailure extends Exception {
  private static final long serialVersionUID = 1L;

  /** A failure the client may read about. */
  public ToolFailure(String message) {
    super(message, null, false, false);
  }
}
