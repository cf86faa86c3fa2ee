package dev.plumbline.server.era;

import dev.plumbline.server.feature.Catalog;
import dev.plumbline.server.feature.HeaderAnnotation;
import dev.plumbline.server.feature.HeaderAnnotations;
import dev.plumbline.server.feature.Offerings;
import dev.plumbline.server.feature.Tool;
import dev.plumbline.server.protocol.Message;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Compares the headers that mirror parameters of the called tool with its arguments (2026-07-28
 * basic/transports/streamable-http, custom headers from tool parameters).
 */
final class ParameterHeaders {
  private static final BigDecimal SAFE = BigDecimal.valueOf(9_007_199_254_740_991L);
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,32}(\\.[0-9]{1,32})?");

  private final Offerings offerings;
  private volatile Known known;

  /** The annotations of one catalogue. */
  private record Known(Catalog catalog, Map<String, List<HeaderAnnotation>> byTool) {}

  ParameterHeaders(Offerings offerings) {
    this.offerings = offerings;
    this.known = known(offerings.catalog());
  }

  private static Known known(Catalog catalog) {
    Map<String, List<HeaderAnnotation>> byTool = new HashMap<>();
    for (Tool tool : catalog.tools()) {
      List<HeaderAnnotation> annotations = HeaderAnnotations.of(tool.inputSchema());
      if (!annotations.isEmpty()) {
        byTool.put(tool.name(), annotations);
      }
    }
    return new Known(catalog, Map.copyOf(byTool));
  }

  /** What is wrong with the headers, or empty. */
  Optional<String> problem(HeaderView headers, Message.Request request) {
    JsonNode name = request.params().path("name");
    if (!request.method().equals("tools/call") || !name.isString()) {
      return Optional.empty();
    }
    Catalog now = offerings.catalog();
    Known current = known;
    if (current.catalog() != now) {
      current = known(now);
      known = current;
    }
    JsonNode arguments = request.params().path("arguments");
    return current.byTool().getOrDefault(name.stringValue(), List.of()).stream()
        .flatMap(annotation -> problem(headers, annotation, arguments).stream())
        .findFirst();
  }

  private static Optional<String> problem(
      HeaderView headers, HeaderAnnotation annotation, JsonNode arguments) {
    JsonNode value = annotation.value(arguments);
    List<String> given = headers.all(annotation.header());
    if (given.size() > 1) {
      return Optional.of(annotation.header() + " is given more than once");
    }
    if (given.isEmpty()) {
      // A value that no header can carry does not fit the schema: the tool refuses it.
      return value != null && canBeMirrored(value)
          ? Optional.of(annotation.header() + " is required")
          : Optional.empty();
    }
    Optional<String> header = HeaderText.decoded(given.getFirst());
    if (header.isEmpty()) {
      return Optional.of(annotation.header() + " is malformed");
    }
    return value != null && agrees(header.get(), value)
        ? Optional.empty()
        : Optional.of(annotation.header() + " does not match the body");
  }

  private static boolean canBeMirrored(@Nullable JsonNode value) {
    return value != null && (value.isString() || value.isBoolean() || value.isIntegralNumber());
  }

  private static boolean agrees(String header, JsonNode value) {
    if (value.isNumber()) {
      // Server validation, note: 42.0 and 42 are the same number.
      BigDecimal number = value.decimalValue();
      return number.abs().compareTo(SAFE) <= 0
          && NUMBER.matcher(header).matches()
          && new BigDecimal(header).compareTo(number) == 0;
    }
    return canBeMirrored(value) && header.equals(value.asString());
  }
}
