package dev.plumbline.server.api;

import dev.plumbline.server.feature.ClientRequest;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The questions a server can ask a client, for {@link Call#ask}. */
public final class Question {
  private Question() {}

  /** Asks the user to fill in a form, made from a flat record (elicitation page, form mode). */
  public static ClientRequest form(String message, Class<? extends Record> type) {
    return form(message, RecordShape.of(type).schema(false));
  }

  /** Asks the user to fill in a form under a schema of one's own. */
  public static ClientRequest form(String message, ObjectNode schema) {
    ObjectNode params = JsonNodeFactory.instance.objectNode().put("message", message);
    params.set("requestedSchema", schema);
    return new ClientRequest("elicitation/create", params);
  }

  /**
   * Sends the user to a web page (elicitation page, URL mode).
   *
   * @param id names this elicitation, as 2025-11-25 wants it
   */
  public static ClientRequest page(String message, String url, String id) {
    return new ClientRequest(
        "elicitation/create",
        JsonNodeFactory.instance
            .objectNode()
            .put("mode", "url")
            .put("message", message)
            .put("elicitationId", id)
            .put("url", url));
  }

  /** Asks the client's model to continue after one message of the user. */
  public static ClientRequest sample(String text, int maxTokens) {
    ObjectNode params = JsonNodeFactory.instance.objectNode();
    ObjectNode message = params.putArray("messages").addObject().put("role", "user");
    message.set("content", Content.text(text).json());
    return new ClientRequest("sampling/createMessage", params.put("maxTokens", maxTokens));
  }

  /** Asks which folders the client works in. */
  public static ClientRequest roots() {
    return new ClientRequest("roots/list", JsonNodeFactory.instance.objectNode());
  }
}
