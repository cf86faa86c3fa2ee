package dev.plumbline.server.config;

/**
 * Why settings cannot be used.
 *
 * @param path the setting, for example {@code queues.caps.session}, or where the text is broken
 * @param text what is wrong and what to do, without line breaks
 */
public record Problem(String path, String text) {
  /** The line for an operator. */
  public String line() {
    return path + ": " + text;
  }
}
