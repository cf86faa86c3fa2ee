package dev.plumbline.conformance.rule.stateless;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Finds keys that stand twice in one JSON object, which a parsed tree no longer shows. */
final class DuplicateKeys {
  private static final JsonFactory JSON = new JsonFactory();

  private DuplicateKeys() {}

  /** An object or array that is open, by the name it stands under. */
  private record Open(String name, Set<String> keys) {}

  /**
   * The first key that stands twice in an object of that name.
   *
   * @return empty without one, and for what is not JSON
   */
  static Optional<String> in(String json, String name) {
    Deque<Open> open = new ArrayDeque<>();
    String last = "";
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token.isStructStart()) {
          open.push(new Open(last, new HashSet<>()));
          last = "";
        } else if (token.isStructEnd()) {
          open.pop();
        } else if (token == JsonToken.PROPERTY_NAME) {
          last = parser.currentName();
          @Nullable Open object = open.peek();
          if (object != null && !object.keys().add(last) && object.name().equals(name)) {
            return Optional.of(last);
          }
        }
      }
    } catch (JacksonException e) {
      return Optional.empty();
    }
    return Optional.empty();
  }
}
