package dev.plumbline.server.feature.task;

import tools.jackson.databind.node.ObjectNode;

/** The metadata that ties a message to its task (2025-11-25 basic/utilities/tasks). */
final class RelatedTask {
  private static final String KEY = "io.modelcontextprotocol/related-task";

  private RelatedTask() {}

  /** Adds the metadata to parameters or to a result. */
  static ObjectNode mark(ObjectNode carrier, String taskId) {
    carrier.withObjectProperty("_meta").putObject(KEY).put("taskId", taskId);
    return carrier;
  }
}
