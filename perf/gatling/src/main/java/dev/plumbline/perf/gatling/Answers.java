package dev.plumbline.perf.gatling;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;

/** Reads answers of an MCP endpoint: plain JSON, or JSON in the data of server-sent events. */
final class Answers {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String DATA = "data:";
  private static final int OK = 200;
  private static final int TOO_MANY = 429;

  private Answers() {}

  /** Whether the body holds a result for this id, and a tool's result that is no error. */
  static boolean isResult(String body, int id) {
    return result(body, id).filter(r -> !r.path("isError").asBoolean(false)).isPresent();
  }

  /** Whether the body holds an error for this id. */
  static boolean isError(String body, int id) {
    return parse(body)
        .filter(m -> m.path("id").isIntegralNumber() && m.path("id").intValue() == id)
        .filter(m -> m.path("error").isObject())
        .isPresent();
  }

  /**
   * What a server under overload made of a call: the right answer, or a refusal in the form it owes
   * (429, a time to wait, and a JSON-RPC error with the id), or something else.
   */
  static Fate fate(int status, boolean retryAfter, String body, int id) {
    if (status == OK && isResult(body, id)) {
      return Fate.ANSWERED;
    }
    return status == TOO_MANY && retryAfter && isError(body, id) ? Fate.REFUSED : Fate.WRONG;
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
