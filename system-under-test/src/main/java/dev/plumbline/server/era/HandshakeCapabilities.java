package dev.plumbline.server.era;

import dev.plumbline.server.feature.Catalog;
import dev.plumbline.server.feature.task.HandshakeTasks;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What the server declares to a client of one revision (lifecycle, capability negotiation). */
final class HandshakeCapabilities {
  private static final String LIST_CHANGED = "listChanged";

  private HandshakeCapabilities() {}

  static ObjectNode of(Catalog catalog, MethodTable methods, String revision) {
    ObjectNode capabilities = JsonNodeFactory.instance.objectNode();
    if (!catalog.tools().isEmpty()) {
      capabilities.putObject("tools").put(LIST_CHANGED, true);
    }
    if (!catalog.resources().isEmpty() || !catalog.templates().isEmpty()) {
      capabilities
          .putObject("resources")
          .put(LIST_CHANGED, true)
          .put("subscribe", methods.find("resources/subscribe").isPresent());
    }
    if (!catalog.prompts().isEmpty()) {
      capabilities.putObject("prompts").put(LIST_CHANGED, true);
    }
    if (methods.find("logging/setLevel").isPresent()) {
      capabilities.putObject("logging");
    }
    if (methods.find("completion/complete").isPresent()
        && !Revisions.isBefore(revision, Revisions.BATCHING)) {
      capabilities.putObject("completions");
    }
    HandshakeTasks.declare(revision, capabilities);
    return capabilities;
  }
}
