package dev.plumbline.server.client.auth;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads members of a metadata document; a member of the wrong type is refused, not guessed. */
record Metadata(JsonNode document, String what) {
  private static final int MAX_VALUES = 1_000;

  Optional<String> text(String name) throws AuthorizationFailure {
    JsonNode value = document.get(name);
    if (value == null || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isString()) {
      throw malformed(name);
    }
    return Optional.of(value.stringValue());
  }

  String required(String name) throws AuthorizationFailure {
    return text(name)
        .filter(value -> !value.isEmpty())
        .orElseThrow(() -> new AuthorizationFailure("The " + what + " lacks " + name + "."));
  }

  Optional<List<String>> texts(String name) throws AuthorizationFailure {
    JsonNode value = document.get(name);
    if (value == null || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isArray() || value.size() > MAX_VALUES) {
      throw malformed(name);
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode element : value) {
      if (!element.isString()) {
        throw malformed(name);
      }
      texts.add(element.stringValue());
    }
    return Optional.of(List.copyOf(texts));
  }

  /** Whether the member is there and true. */
  boolean flag(String name) {
    JsonNode value = document.get(name);
    return value != null && value.isBoolean() && value.booleanValue();
  }

  private AuthorizationFailure malformed(String name) {
    return new AuthorizationFailure("The " + what + " has a malformed " + name + ".");
  }
}
