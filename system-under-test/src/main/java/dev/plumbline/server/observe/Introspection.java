package dev.plumbline.server.observe;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/**
 * What the server tells about itself: every room adds its sections, whoever shows them (control
 * port, terminal, dashboard) reads them by name.
 */
public final class Introspection {
  private final Map<String, Supplier<? extends JsonNode>> sections = new ConcurrentSkipListMap<>();

  /** No sections yet. */
  public Introspection() {}

  /**
   * Adds a section.
   *
   * @param name lower case words joined by hyphens; a path on the control port
   * @param read makes the section as it is now; called by any thread, must not block
   * @throws IllegalStateException when the name is taken
   */
  public void section(String name, Supplier<? extends JsonNode> read) {
    if (sections.putIfAbsent(name, read) != null) {
      throw new IllegalStateException("two sections are called " + name);
    }
  }

  /** The section as it is now; empty when there is none of this name. */
  public Optional<JsonNode> read(String name) {
    return Optional.ofNullable(sections.get(name)).map(Supplier::get);
  }

  /** The names of all sections, sorted. */
  public List<String> names() {
    return List.copyOf(sections.keySet());
  }
}
