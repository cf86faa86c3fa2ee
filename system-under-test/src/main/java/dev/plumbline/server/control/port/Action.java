package dev.plumbline.server.control.port;

/**
 * Something else that operators can do to a room of the server.
 *
 * @param method of HTTP
 * @param pattern its path; a segment in braces is open, for example {@code /domains/{name}/kill}
 * @param failpoint true for what breaks things on purpose: offered only with {@code --failpoints}
 * @param handler does it, on a thread of the control port that may block for a moment
 */
public record Action(String method, String pattern, boolean failpoint, Handler handler) {
  /** Does it. */
  @FunctionalInterface
  public interface Handler {
    /** The answer; throws nothing. */
    Told handle(Ask ask);
  }
}
