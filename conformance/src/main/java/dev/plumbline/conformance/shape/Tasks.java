package dev.plumbline.conformance.shape;

import static dev.plumbline.conformance.shape.Member.may;
import static dev.plumbline.conformance.shape.Member.must;
import static dev.plumbline.conformance.shape.Shapes.NOT_NEGATIVE;
import static dev.plumbline.conformance.shape.Shapes.TEXT;
import static dev.plumbline.conformance.shape.Shapes.object;
import static dev.plumbline.conformance.shape.Shapes.word;

/** Tasks: 2025-11-25 basic/utilities/tasks; the tasks extension of 2026-07-28. */
final class Tasks {
  private static final Shape STATUS =
      word("working", "input_required", "completed", "failed", "cancelled");

  private static final Shape LIFETIME =
      spot ->
          spot.expect(
              spot.value().isNull() || spot.value().canConvertToExactIntegral(),
              "an integer or null");

  /** A task as 2025-11-25 tells of it. */
  static final Shape TASK =
      object(
          must("taskId", TEXT),
          must("status", STATUS),
          may("statusMessage", TEXT),
          must("createdAt", TEXT),
          must("lastUpdatedAt", TEXT),
          must("ttl", LIFETIME),
          may("pollInterval", NOT_NEGATIVE));

  /** A task as the extension tells of it. */
  static final Shape EXTENSION_TASK =
      object(
          must("taskId", TEXT),
          must("status", STATUS),
          may("statusMessage", TEXT),
          must("createdAt", TEXT),
          must("lastUpdatedAt", TEXT),
          must("ttlMs", LIFETIME),
          may("pollIntervalMs", NOT_NEGATIVE));

  private Tasks() {}
}
