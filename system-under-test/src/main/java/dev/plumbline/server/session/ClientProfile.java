package dev.plumbline.server.session;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a client said of itself when it shook hands. Not to be changed.
 *
 * @param capabilities what it can do
 * @param info who it is
 */
public record ClientProfile(ObjectNode capabilities, ObjectNode info) {
  /** A client that said nothing. */
  public static ClientProfile unknown() {
    return new ClientProfile(
        JsonNodeFactory.instance.objectNode(), JsonNodeFactory.instance.objectNode());
  }

  /**
   * True when the client declared the capability, given as a path such as {@code sampling/tools}.
   */
  public boolean declares(String path) {
    return capabilities.at("/" + path).isObject();
  }
}
