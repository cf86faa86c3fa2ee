package dev.plumbline.server.feature;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A tool parameter that clients mirror into an HTTP header (2026-07-28 server/tools, x-mcp-header).
 *
 * @param name the part of the header's name after {@code Mcp-Param-}
 * @param path the names that lead from the arguments to the parameter
 */
public record HeaderAnnotation(String name, List<String> path) {
  /** Copies the path. */
  public HeaderAnnotation {
    path = List.copyOf(path);
  }

  /** The name of the header field. */
  public String header() {
    return "Mcp-Param-" + name;
  }

  /** The parameter's value; null when it is absent or null, and no header may be expected. */
  public @Nullable JsonNode value(JsonNode arguments) {
    JsonNode at = arguments;
    for (String step : path) {
      at = at.isObject() ? at.path(step) : at.path("");
    }
    return at.isMissingNode() || at.isNull() ? null : at;
  }
}
