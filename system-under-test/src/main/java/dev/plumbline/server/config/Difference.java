package dev.plumbline.server.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What one tree of settings says otherwise than another.
 *
 * @param changes by path; empty when they are the same
 */
public record Difference(List<Change> changes) {
  private static final String ABSENT = "(default)";

  /** Copies the list. */
  public Difference {
    changes = List.copyOf(changes);
  }

  /**
   * One setting that differs.
   *
   * @param path which
   * @param before its value before, without passwords
   * @param after its value afterwards, without passwords
   * @param effect when the change counts
   */
  public record Change(String path, String before, String after, Setting.Effect effect) {}

  /** From one tree to the other. */
  public static Difference between(ServerConfig before, ServerConfig after) {
    Map<String, Object> old = Settings.SERVER.flatten(before);
    Map<String, Object> next = Settings.SERVER.flatten(after);
    TreeSet<String> paths = new TreeSet<>(old.keySet());
    paths.addAll(next.keySet());
    List<Change> changes = new ArrayList<>();
    for (String path : paths) {
      if (!Objects.equals(old.get(path), next.get(path))) {
        Settings.Row row = Settings.SERVER.find(path).orElseThrow();
        changes.add(
            new Change(path, show(row, old.get(path)), show(row, next.get(path)), row.effect()));
      }
    }
    return new Difference(changes);
  }

  static String show(Settings.Row row, @org.jspecify.annotations.Nullable Object value) {
    if (value == null) {
      return ABSENT;
    }
    String text = row.kind().format(value);
    return row.secret() ? Shown.withoutSecret(text) : text;
  }

  /** The paths whose change does not count before a restart. */
  public List<String> needRestart() {
    return changes.stream()
        .filter(change -> change.effect() == Setting.Effect.RESTART)
        .map(Change::path)
        .toList();
  }

  /** As JSON. */
  public ArrayNode toJson() {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    for (Change change : changes) {
      json.addObject()
          .put("path", change.path())
          .put("old", change.before())
          .put("new", change.after())
          .put("restart", change.effect() == Setting.Effect.RESTART);
    }
    return json;
  }
}
