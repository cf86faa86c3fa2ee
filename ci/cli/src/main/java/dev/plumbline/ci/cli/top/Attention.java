package dev.plumbline.ci.cli.top;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Something that somebody should look at now.
 *
 * @param critical true when now is the word
 * @param text one line
 */
record Attention(boolean critical, String text) {

  /** What the sections of a snapshot complain about, the worst first. */
  static List<Attention> of(JsonNode sections) {
    List<Attention> found = new ArrayList<>();
    Set<String> covered = new LinkedHashSet<>();
    for (JsonNode check : sections.at("/status/last_checks")) {
      String status = check.path("status").asString("");
      if (!status.equals("healthy")) {
        String component = check.path("component").asString("");
        covered.add(component);
        found.add(
            new Attention(
                status.equals("critical"), component + ": " + check.path("reason").asString("")));
      }
    }
    queues(sections, covered, found);
    breakers(sections, found);
    resources(sections, covered, found);
    found.sort(Comparator.comparing(Attention::critical).reversed());
    return found;
  }

  private static void queues(JsonNode sections, Set<String> covered, List<Attention> found) {
    for (JsonNode queue : sections.at("/queues/queues")) {
      QueueLevel level = QueueLevel.of(sections.path("queues"), queue);
      String role = queue.path("role").asString("");
      if (level != QueueLevel.CLEAR && !covered.contains("queue:" + role)) {
        found.add(
            new Attention(
                level == QueueLevel.CRITICAL,
                "queue "
                    + role
                    + ": "
                    + Numbers.count(queue.path("depth").asLong(0))
                    + " of "
                    + Numbers.count(queue.path("limit").asLong(0))
                    + " are held"));
      }
    }
  }

  private static void breakers(JsonNode sections, List<Attention> found) {
    for (JsonNode breaker : sections.at("/breakers/breakers")) {
      String state = breaker.path("state").asString("");
      String name = breaker.path("name").asString("");
      if (!state.equals("closed")) {
        found.add(
            new Attention(
                !state.equals("half_open"), "breaker " + name + " is " + state.replace('_', ' ')));
      }
    }
  }

  private static void resources(JsonNode sections, Set<String> covered, List<Attention> found) {
    for (String part : List.of("memory", "files")) {
      JsonNode resource = sections.at("/resources/" + part);
      String level = resource.path("level").asString("normal");
      if (!level.equals("normal") && !covered.contains(part)) {
        found.add(
            new Attention(
                false,
                part + ": " + Numbers.small(resource.path("percent").asDouble(0)) + " % in use"));
      }
    }
  }
}
