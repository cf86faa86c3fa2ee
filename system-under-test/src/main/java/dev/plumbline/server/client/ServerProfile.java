package dev.plumbline.server.client;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a server said of itself.
 *
 * @param stateless true for the stateless era
 * @param revision the revision spoken with it
 * @param revisions every revision it said it speaks
 * @param info its name and version, an empty object when it did not say
 * @param capabilities what it declares
 * @param instructions how to use it, possibly empty
 */
public record ServerProfile(
    boolean stateless,
    String revision,
    List<String> revisions,
    JsonNode info,
    JsonNode capabilities,
    String instructions) {
  /** Copies the list. */
  public ServerProfile {
    revisions = List.copyOf(revisions);
  }

  /** A server of the stateless era that told nothing. */
  static ServerProfile silent(String revision) {
    ObjectNode nothing = JsonNodeFactory.instance.objectNode();
    return new ServerProfile(true, revision, List.of(revision), nothing, nothing, "");
  }

  /** True when a capability is declared, for example {@code tools}. */
  public boolean has(String capability) {
    return capabilities.path(capability).isObject();
  }
}
