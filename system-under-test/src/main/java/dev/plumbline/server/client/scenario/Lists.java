package dev.plumbline.server.client.scenario;

import dev.plumbline.server.client.Elicitations;
import dev.plumbline.server.client.Handlers;
import dev.plumbline.server.client.McpClient;
import java.net.URI;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Scenarios that connect and look around. */
final class Lists {
  private Lists() {}

  /** Connects and lists the tools. */
  static int initialize(String name, URI server, JsonNode context, String revision)
      throws Exception {
    try (McpClient client = Clients.client(server, Clients.options(revision))) {
      client.connect();
      client.listTools();
      return 0;
    }
  }

  /** Every request says who asks; a refused revision is corrected. */
  static int requestMetadata(String name, URI server, JsonNode context, String revision)
      throws Exception {
    Handlers able =
        Handlers.NONE
            .withElicitation(Elicitations::decline)
            .withSampling(_ -> JsonNodeFactory.instance.objectNode())
            .withRoots(_ -> roots());
    try (McpClient client = Clients.client(server, Clients.options(revision).withHandlers(able))) {
      client.connect();
      client.listTools();
      client.listTools();
      return 0;
    }
  }

  private static ObjectNode roots() {
    ObjectNode none = JsonNodeFactory.instance.objectNode();
    none.putArray("roots");
    return none;
  }
}
