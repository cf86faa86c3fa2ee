package dev.plumbline.server.client;

import java.util.OptionalDouble;

/**
 * How far a request is.
 *
 * @param progress grows from one to the next
 * @param total what it grows to, when the server knows
 * @param message one line for a person, possibly empty
 */
public record Progress(double progress, OptionalDouble total, String message) {
  /** Hears of progress; called in order, on a thread that reads from the server: be quick. */
  @FunctionalInterface
  public interface Listener {
    /** One step. */
    void moved(Progress progress);
  }
}
