package dev.plumbline.conformance.rule;

import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The messages of a sampling request in which a model used tools, the same in both eras. */
public final class SampledMessages {
  private SampledMessages() {}

  private static Stream<JsonNode> content(JsonNode message) {
    JsonNode content = message.path("content");
    return content.isArray() ? content.valueStream() : Stream.of(content);
  }

  private static boolean is(JsonNode block, String type) {
    return block.path("type").asString("").equals(type);
  }

  /** Every block of this type, in order. */
  public static Stream<JsonNode> blocks(JsonNode messages, String type) {
    return messages.valueStream().flatMap(SampledMessages::content).filter(b -> is(b, type));
  }

  /** What stands beside tool results in one message, as a phrase; empty when nothing does. */
  public static Optional<String> mixed(JsonNode messages) {
    return messages
        .valueStream()
        .filter(m -> content(m).anyMatch(b -> is(b, "tool_result")))
        .flatMap(SampledMessages::content)
        .filter(b -> !is(b, "tool_result"))
        .findFirst()
        .map(b -> "has " + b.path("type") + " beside tool results in one message");
  }

  /** Which tool use has no result in the next message, as a phrase; empty when each has one. */
  public static Optional<String> unbalanced(JsonNode messages) {
    for (int i = 0; i < messages.size(); i++) {
      JsonNode next = messages.path(i + 1);
      Optional<String> open =
          content(messages.path(i))
              .filter(b -> is(b, "tool_use"))
              .map(b -> b.path("id").asString(""))
              .filter(id -> results(next, id) == 0)
              .findFirst();
      if (open.isPresent()) {
        return open.map(id -> "has no result for the tool use " + id + " in the next message");
      }
    }
    return Optional.empty();
  }

  private static long results(JsonNode message, String id) {
    return content(message)
        .filter(b -> is(b, "tool_result"))
        .filter(b -> b.path("toolUseId").asString("").equals(id))
        .count();
  }
}
