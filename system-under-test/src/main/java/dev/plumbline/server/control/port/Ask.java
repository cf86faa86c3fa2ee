package dev.plumbline.server.control.port;

import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request on the control port.
 *
 * @param method upper case
 * @param path its segments, decoded; the root has none
 * @param query names and values, decoded
 * @param vars what stands at the places that the route left open
 * @param body its text; UTF-8
 */
public record Ask(
    String method,
    List<String> path,
    Map<String, List<String>> query,
    Map<String, String> vars,
    String body) {
  private static final int MAX_PARAMETERS = 32;

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  static Ask of(FullHttpRequest request) {
    QueryStringDecoder decoder =
        new QueryStringDecoder(request.uri(), StandardCharsets.UTF_8, true, MAX_PARAMETERS, false);
    String path = decoder.path();
    List<String> segments =
        path.equals("/") ? List.of() : List.of(path.replaceFirst("^/", "").split("/", -1));
    String body = request.content().toString(StandardCharsets.UTF_8);
    // RFC 9110 §9.3.2: HEAD is answered as GET is; the codec leaves the body out.
    boolean head = request.method().equals(HttpMethod.HEAD);
    String method = head ? HttpMethod.GET.name() : request.method().name();
    return new Ask(method, segments, decoder.parameters(), Map.of(), body);
  }

  Ask with(Map<String, String> found) {
    return new Ask(method, path, query, found, body);
  }

  /** What stands at the place that the route calls so. */
  public String var(String name) {
    return vars.getOrDefault(name, "");
  }

  /** The only value of a query parameter. */
  public Optional<String> parameter(String name) {
    List<String> values = query.getOrDefault(name, List.of());
    return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
  }

  /** True for {@code ?name}, {@code ?name=true} and {@code ?name=1}. */
  boolean flag(String name) {
    return parameter(name)
        .filter(v -> v.isEmpty() || v.equals("true") || v.equals("1"))
        .isPresent();
  }

  /** The body as a JSON object; an empty body is an empty object, anything else is none. */
  public Optional<ObjectNode> object() {
    if (body.isEmpty()) {
      return Optional.of(JSON.createObjectNode());
    }
    try {
      JsonNode node = JSON.readTree(body);
      return node instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }
}
