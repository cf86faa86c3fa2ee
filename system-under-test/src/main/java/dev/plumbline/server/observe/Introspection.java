package dev.plumbline.server.observe;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/**
 * What the server tells about itself: every room adds its sections, whoever shows them (control
 * port, terminal, dashboard) reads them by name.
 */
public final class Introspection {
  private final Map<String, Supplier<? extends JsonNode>> sections = new ConcurrentSkipListMap<>();
  private final Map<String, Function<String, ? extends Optional<? extends JsonNode>>> items =
      new ConcurrentSkipListMap<>();

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

  /**
   * Adds the way to look at one thing of a section, {@code /NAME/KEY} on the control port.
   *
   * @param name the section
   * @param find makes the JSON of the thing with this key; empty when there is none. The key is
   *     whatever the asker sent
   * @throws IllegalStateException when the section has one
   */
  public void item(String name, Function<String, ? extends Optional<? extends JsonNode>> find) {
    if (items.putIfAbsent(name, find) != null) {
      throw new IllegalStateException("two ways to look into " + name);
    }
  }

  /** One thing of a section as it is now; empty when there is none of this name and key. */
  public Optional<JsonNode> readItem(String name, String key) {
    return Optional.ofNullable(items.get(name)).flatMap(find -> find.apply(key).map(it -> it));
  }

  /** The names of all sections, sorted. */
  public List<String> names() {
    return List.copyOf(sections.keySet());
  }
}
