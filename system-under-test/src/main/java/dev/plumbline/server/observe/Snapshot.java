package dev.plumbline.server.observe;

import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What whoever watches is told again and again: the sections whose size does not grow with what the
 * server does. Lists of sessions, streams and tasks are asked for one by one.
 */
public final class Snapshot {
  /** The sections of a snapshot; those that do not exist are left out. */
  public static final List<String> SECTIONS =
      List.of(
          "server",
          "status",
          "health-check",
          "traffic",
          "queues",
          "control",
          "breakers",
          "domains",
          "resources",
          "store",
          "version");

  private Snapshot() {}

  /**
   * A snapshot: {@code {"at": time, "sections": {name: section}}}.
   *
   * @param now the time it is said to be of
   */
  public static ObjectNode of(Introspection introspection, Instant now) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("at", now.toString());
    ObjectNode sections = json.putObject("sections");
    for (String name : SECTIONS) {
      introspection.read(name).ifPresent(section -> sections.set(name, section));
    }
    return json;
  }
}
