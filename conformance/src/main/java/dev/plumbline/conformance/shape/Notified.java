package dev.plumbline.conformance.shape;

import static dev.plumbline.conformance.shape.Member.may;
import static dev.plumbline.conformance.shape.Member.must;
import static dev.plumbline.conformance.shape.Revision.FIRST;
import static dev.plumbline.conformance.shape.Revision.LAST;
import static dev.plumbline.conformance.shape.Revision.LAST_HANDSHAKE;
import static dev.plumbline.conformance.shape.Revision.R2025_03_26;
import static dev.plumbline.conformance.shape.Revision.R2025_06_18;
import static dev.plumbline.conformance.shape.Revision.R2025_11_25;
import static dev.plumbline.conformance.shape.Revision.R2026_07_28;
import static dev.plumbline.conformance.shape.Shapes.ANYTHING;
import static dev.plumbline.conformance.shape.Shapes.BOOLEAN;
import static dev.plumbline.conformance.shape.Shapes.ID;
import static dev.plumbline.conformance.shape.Shapes.NUMBER;
import static dev.plumbline.conformance.shape.Shapes.OBJECT;
import static dev.plumbline.conformance.shape.Shapes.TEXT;
import static dev.plumbline.conformance.shape.Shapes.URI;
import static dev.plumbline.conformance.shape.Shapes.list;
import static dev.plumbline.conformance.shape.Shapes.object;
import static dev.plumbline.conformance.shape.Shapes.word;

import java.util.Map;

/** What a server notifies of. A name no revision has is the server's own affair. */
final class Notified {
  static final Shape LEVEL =
      word("debug", "info", "notice", "warning", "error", "critical", "alert", "emergency");

  /** What to listen to: 2026-07-28 basic/patterns/subscriptions. */
  static final Shape FILTER =
      object(
          may("toolsListChanged", BOOLEAN),
          may("promptsListChanged", BOOLEAN),
          may("resourcesListChanged", BOOLEAN),
          may("resourceSubscriptions", list(TEXT)));

  /** The parameters, and the revisions that know the notification. */
  private record Kind(String since, String until, Member params) {}

  private static final Kind CHANGED = new Kind(FIRST, LAST, may("params", OBJECT));

  private static final Map<String, Kind> BY_METHOD =
      Map.ofEntries(
          Map.entry("notifications/tools/list_changed", CHANGED),
          Map.entry("notifications/prompts/list_changed", CHANGED),
          Map.entry("notifications/resources/list_changed", CHANGED),
          Map.entry(
              "notifications/resources/updated",
              new Kind(FIRST, LAST, must("params", object(must("uri", URI))))),
          Map.entry(
              "notifications/message",
              new Kind(
                  FIRST,
                  LAST,
                  must(
                      "params",
                      object(must("level", LEVEL), must("data", ANYTHING), may("logger", TEXT))))),
          Map.entry(
              "notifications/progress",
              new Kind(
                  FIRST,
                  LAST,
                  must(
                      "params",
                      object(
                          must("progressToken", ID),
                          must("progress", NUMBER),
                          may("total", NUMBER),
                          may("message", TEXT).since(R2025_03_26))))),
          Map.entry(
              "notifications/cancelled",
              new Kind(
                  FIRST,
                  LAST,
                  must(
                      "params",
                      object(
                          must("requestId", ID).until(R2025_06_18),
                          may("requestId", ID).since(R2025_11_25).until(LAST_HANDSHAKE),
                          must("requestId", ID).since(R2026_07_28),
                          may("reason", TEXT))))),
          Map.entry(
              "notifications/tasks/status",
              new Kind(R2025_11_25, LAST_HANDSHAKE, must("params", Tasks.TASK))),
          Map.entry(
              "notifications/elicitation/complete",
              new Kind(
                  R2025_11_25,
                  LAST_HANDSHAKE,
                  must("params", object(must("elicitationId", TEXT))))),
          Map.entry(
              "notifications/subscriptions/acknowledged",
              new Kind(R2026_07_28, LAST, must("params", object(must("notifications", FILTER))))),
          Map.entry(
              "notifications/tasks",
              new Kind(R2026_07_28, LAST, must("params", Tasks.EXTENSION_TASK))));

  private Notified() {}

  static void check(Spot message) {
    Kind kind = BY_METHOD.get(message.value().path("method").asString(""));
    if (kind == null) {
      return;
    }
    if (message.isBetween(kind.since(), kind.until())) {
      kind.params().check(message);
    } else {
      message.member("method").wrong("a notification that " + message.revision() + " knows");
    }
  }
}
