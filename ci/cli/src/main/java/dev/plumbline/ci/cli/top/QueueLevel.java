package dev.plumbline.ci.cli.top;

import tools.jackson.databind.JsonNode;

/** How full a queue is, by the levels that its server has set. */
enum QueueLevel {
  CLEAR,
  WARNING,
  CRITICAL;

  private static final int WARNING_PERCENT = 80;
  private static final int CRITICAL_PERCENT = 90;

  /**
   * As the server judged it when it looked, or as full as it is now, whichever is worse.
   *
   * @param queues the section of all queues; without marks they are those of a server that was told
   *     none
   * @param queue one of them
   */
  static QueueLevel of(JsonNode queues, JsonNode queue) {
    boolean watched = queues.path("watched").asBoolean(true);
    QueueLevel judged =
        switch (watched ? queue.path("status").asString("") : "") {
          case "warning" -> WARNING;
          case "critical", "full" -> CRITICAL;
          default -> CLEAR;
        };
    double used = queue.path("utilization").asDouble(0);
    JsonNode marks = queues.path("marks");
    QueueLevel now =
        used >= marks.path(1).asDouble(CRITICAL_PERCENT)
            ? CRITICAL
            : used >= marks.path(0).asDouble(WARNING_PERCENT) ? WARNING : CLEAR;
    return judged.compareTo(now) > 0 ? judged : now;
  }
}
