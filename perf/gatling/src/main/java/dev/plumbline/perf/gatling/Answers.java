package dev.plumbline.perf.gatling;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;

/** Reads answers of an MCP endpoint: plain JSON, or JSON in the data of server-sent events. */
final class Answers {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String DATA = "data:";

  private Answers() {}

  /** Whether the body holds a result for this id, and a tool's result that is no error. */
  static boolean isResult(String body, int id) {
    return result(body, id).filter(r -> !r.path("isError").asBoolean(false)).isPresent();
  }

  /** The revision that the answer to {@code initialize} states; empty when there is none. */
  static String revision(String body, int id) {
    return result(body, id).map(r -> r.path("protocolVersion").asText("")).orElse("");
  }

  private static Optional<JsonNode> result(String body, int id) {
    if (body.stripLeading().startsWith("{")) {
      return result(parse(body), id);
    }
    StringBuilder data = new StringBuilder();
    for (String line : (body + "\n\n").lines().toList()) {
      if (line.startsWith(DATA)) {
        data.append(line.substring(DATA.length()).strip()).append('\n');
      } else if (line.isEmpty() && !data.isEmpty()) {
        Optional<JsonNode> found = result(parse(data.toString()), id);
        if (found.isPresent()) {
          return found;
        }
        data.setLength(0);
      }
    }
    return Optional.empty();
  }

  private static Optional<JsonNode> result(Optional<JsonNode> message, int id) {
    return message
        .filter(m -> m.path("id").isIntegralNumber() && m.path("id").intValue() == id)
        .map(m -> m.get("result"))
        .filter(JsonNode::isObject);
  }

  private static Optional<JsonNode> parse(String text) {
    try {
      return Optional.ofNullable(MAPPER.readTree(text));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
