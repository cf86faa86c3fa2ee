package dev.plumbline.server.client;

import java.util.List;
import java.util.Optional;
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
  /** Before, completion had no capability of its own. */
  private static final String COMPLETIONS_SINCE = "2025-03-26";

  /** Copies the list. */
  public ServerProfile {
    revisions = List.copyOf(revisions);
  }

  /** A server of the stateless era that told nothing. */
  static ServerProfile silent(String revision) {
    ObjectNode nothing = JsonNodeFactory.instance.objectNode();
    return new ServerProfile(true, revision, List.of(revision), nothing, nothing, "");
  }

  /**
   * What a method needs and the server did not declare in its handshake (2025-11-25
   * basic/lifecycle, operation); empty when it may be used. A server of the stateless era is asked,
   * and says no by itself.
   */
  Optional<String> undeclared(String method) {
    if (stateless) {
      return Optional.empty();
    }
    String need =
        switch (method.substring(0, method.indexOf('/') + 1)) {
          case "tools/" -> "tools";
          case "prompts/" -> "prompts";
          case "resources/" -> "resources";
          case "logging/" -> "logging";
          case "tasks/" -> "tasks";
          case "completion/" -> revision.compareTo(COMPLETIONS_SINCE) < 0 ? "" : "completions";
          default -> "";
        };
    return Optional.of(need).filter(name -> !name.isEmpty() && !has(name));
  }

  /** True when a capability is declared, for example {@code tools}. */
  public boolean has(String capability) {
    return capabilities.path(capability).isObject();
  }
}
