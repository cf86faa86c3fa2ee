package dev.plumbline.server.api;

import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Annotations of resources and templates (resources page, annotations). */
final class Annotated {
  private static final Set<String> ROLES = Set.of("user", "assistant");

  private Annotated() {}

  static void audience(ObjectNode members, String... roles) {
    if (!ROLES.containsAll(List.of(roles))) {
      throw new IllegalArgumentException("an audience is user or assistant");
    }
    var array = members.withObjectProperty("annotations").putArray("audience");
    List.of(roles).forEach(array::add);
  }

  static void priority(ObjectNode members, double priority) {
    if (!(priority >= 0 && priority <= 1)) {
      throw new IllegalArgumentException("a priority is between 0 and 1, not " + priority);
    }
    members.withObjectProperty("annotations").put("priority", priority);
  }
}
