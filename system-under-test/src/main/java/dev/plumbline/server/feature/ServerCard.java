package dev.plumbline.server.feature;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who the server says it is.
 *
 * @param name programmatic name
 * @param title name for people
 * @param version version of the software
 * @param instructions one sentence for a model
 */
public record ServerCard(String name, String title, String version, String instructions) {
  /** The serverInfo object; fresh. */
  public ObjectNode serverInfo() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("name", name)
        .put("title", title)
        .put("version", version);
  }

  /** The capabilities object; fresh. An era takes out what its revision does not know. */
  public ObjectNode capabilities() {
    ObjectNode capabilities = JsonNodeFactory.instance.objectNode();
    capabilities.putObject("tools").put("listChanged", true);
    capabilities.putObject("resources").put("subscribe", true).put("listChanged", true);
    capabilities.putObject("prompts").put("listChanged", true);
    capabilities.putObject("completions");
    capabilities.putObject("logging");
    return capabilities;
  }
}
