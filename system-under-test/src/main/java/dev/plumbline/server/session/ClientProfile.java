package dev.plumbline.server.session;

import dev.plumbline.server.limit.Limits;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a client said of itself when it shook hands. Not to be changed.
 *
 * @param capabilities what it can do
 * @param info who it is
 */
public record ClientProfile(ObjectNode capabilities, ObjectNode info) {
  /** What one value or member takes in memory, about. */
  private static final int VALUE_BYTES = 160;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** A client that said nothing. */
  public static ClientProfile unknown() {
    return new ClientProfile(
        JsonNodeFactory.instance.objectNode(), JsonNodeFactory.instance.objectNode());
  }

  /**
   * Why so much is not kept; empty when it fits.
   *
   * @param what it is, for the message
   * @param said what a client said of itself
   */
  public static Optional<String> problem(String what, ObjectNode... said) {
    long bytes = 0;
    long values = 0;
    for (ObjectNode one : said) {
      values += values(one);
      bytes += JSON.writeValueAsBytes(one).length;
    }
    return bytes <= Limits.MAX_CLIENT_BYTES && values <= Limits.MAX_CLIENT_VALUES
        ? Optional.empty()
        : Optional.of(
            what
                + " may have "
                + Limits.MAX_CLIENT_BYTES
                + " bytes and "
                + Limits.MAX_CLIENT_VALUES
                + " values, these have "
                + bytes
                + " and "
                + values);
  }

  private static long values(JsonNode node) {
    long count = 1;
    for (JsonNode inside : node) {
      count += values(inside);
    }
    return count;
  }

  /** What it takes in memory, about. */
  int footprint() {
    long bytes = 0;
    for (ObjectNode one : List.of(capabilities, info)) {
      bytes += JSON.writeValueAsBytes(one).length + values(one) * VALUE_BYTES;
    }
    return Math.toIntExact(bytes);
  }

  /**
   * True when the client declared the capability, given as a path such as {@code sampling/tools}.
   */
  public boolean declares(String path) {
    return capabilities.at("/" + path).isObject();
  }
}
