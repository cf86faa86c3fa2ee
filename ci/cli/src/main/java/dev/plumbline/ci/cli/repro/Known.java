package dev.plumbline.ci.cli.repro;

import dev.plumbline.conformance.repro.Reproducer;
import java.nio.file.Path;
import java.util.List;

/**
 * One failure, however often it was found.
 *
 * @param newest its newest reproducer
 * @param file where that lies
 * @param seen in how many places it was found
 * @param kept whether the project's own folder holds it
 * @param state where it stands
 * @param history what happened to it
 */
public record Known(
    Reproducer newest, Path file, int seen, boolean kept, State state, List<Event> history) {
  /** Copies the list. */
  public Known {
    history = List.copyOf(history);
  }
}
