package dev.plumbline.server.control.port;

import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An answer of the control port.
 *
 * @param status of HTTP
 * @param type the media type
 * @param body its text; sent as UTF-8
 * @param headers what else is said
 */
public record Told(int status, String type, String body, Map<String, String> headers) {
  private static final String JSON = "application/json";

  /** JSON. */
  public static Told json(int status, JsonNode body) {
    return new Told(status, JSON, body.toString(), Map.of());
  }

  /** Plain text. */
  static Told text(int status, String body) {
    return new Told(status, "text/plain; charset=utf-8", body, Map.of());
  }

  /**
   * An error.
   *
   * @param code for programs
   * @param message for people; never what a peer sent
   */
  public static Told error(int status, String code, String message) {
    return json(status, errorBody(code, message));
  }

  static ObjectNode errorBody(String code, String message) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putObject("error").put("code", code).put("message", message);
    return json;
  }

  /** Nothing at this path. */
  static Told notFound() {
    return error(404, "not_found", "there is nothing here; GET /sections names what there is");
  }

  /** A stream has no head of its own to show. */
  static Told streamOnly() {
    return error(405, "method_not_allowed", "use GET").with("Allow", "GET");
  }

  /** A request that says something else than it may. */
  public static Told badRequest(String message) {
    return error(400, "bad_request", message);
  }

  /** With a further header. */
  Told with(String name, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(name, value);
    return new Told(status, type, body, Map.copyOf(more));
  }
}
