package dev.plumbline.server.api;

import dev.plumbline.server.protocol.RpcException;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the user did with a form.
 *
 * @param <R> the record of the form
 */
public sealed interface Elicited<R> {
  /** Filled in and sent. */
  record Accepted<R>(R content) implements Elicited<R> {}

  /** Refused. */
  record Declined<R>() implements Elicited<R> {}

  /** Closed without a choice. */
  record Cancelled<R>() implements Elicited<R> {}

  /** The content, when there is one. */
  default Optional<R> accepted() {
    return this instanceof Accepted<R>(var content) ? Optional.of(content) : Optional.empty();
  }

  /**
   * Reads the client's result of {@code elicitation/create}.
   *
   * @throws RpcException when it is not one, or its content does not fit the form
   */
  static <R extends Record> Elicited<R> of(ObjectNode result, Class<R> type) throws RpcException {
    return switch (result.path("action").asString("")) {
      case "accept" -> new Accepted<>(content(result.path("content"), type));
      case "decline" -> new Declined<>();
      case "cancel" -> new Cancelled<>();
      default -> throw RpcException.invalidParams("the elicitation result has no known action");
    };
  }

  private static <R extends Record> R content(JsonNode content, Class<R> type) throws RpcException {
    RecordShape shape = RecordShape.of(type);
    Optional<String> problem = shape.compiled().problem(content, "content");
    if (problem.isPresent()) {
      throw RpcException.invalidParams(problem.get());
    }
    try {
      return type.cast(shape.read(content));
    } catch (Mismatch e) {
      throw RpcException.invalidParams(e.in("content"));
    }
  }
}
