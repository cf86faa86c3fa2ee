package dev.plumbline.server.api;

import dev.plumbline.server.protocol.RpcException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the client's model said.
 *
 * @param text its text; empty when it gave something else
 * @param model which model it was
 * @param content all of it, as it came
 */
public record Sampled(String text, String model, JsonNode content) {
  /**
   * Reads the client's result of {@code sampling/createMessage}.
   *
   * @throws RpcException when it is not one
   */
  public static Sampled of(ObjectNode result) throws RpcException {
    JsonNode content = result.path("content");
    if (!content.isObject() && !content.isArray()) {
      throw RpcException.invalidParams("the sampling result has no content");
    }
    JsonNode first = content.isArray() ? content.path(0) : content;
    return new Sampled(first.path("text").asString(""), result.path("model").asString(""), content);
  }
}
