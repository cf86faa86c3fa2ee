package dev.plumbline.server.feature;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NumericNode;
import tools.jackson.databind.node.ObjectNode;

/** Any JSON Schema, by the validator library; never loads anything from outside. */
final class FullCheck {
  /** Problems told at once. */
  private static final int MAX_TOLD = 3;

  /** One problem's text is cut here; the library quotes parts of the schema. */
  private static final int MAX_TEXT = 300;

  /** Digits of a whole number that is written out; every double has fewer. */
  private static final int MAX_DIGITS = 400;

  /** The dialects' own schemas; there are as many as dialects. */
  private static final Map<SpecificationVersion, com.networknt.schema.Schema> META =
      new ConcurrentHashMap<>();

  private final com.networknt.schema.Schema schema;

  private FullCheck(com.networknt.schema.Schema schema) {
    this.schema = schema;
  }

  static FullCheck of(ObjectNode json) {
    SpecificationVersion version = dialect(json.get("$schema"));
    try {
      List<Error> unlawful = META.computeIfAbsent(version, FullCheck::meta).validate(json);
      if (!unlawful.isEmpty()) {
        throw new IllegalArgumentException(
            "not a JSON Schema: " + told(unlawful.subList(0, 1), "schema"));
      }
      com.networknt.schema.Schema schema = registry(version).getSchema(json.deepCopy());
      schema.initializeValidators();
      // A reference that only leads back to itself shows on the first value.
      schema.validate(JsonNodeFactory.instance.objectNode());
      return new FullCheck(schema);
    } catch (StackOverflowError e) {
      throw new IllegalArgumentException("the schema refers to itself without end", e);
    } catch (SchemaException e) {
      throw new IllegalArgumentException(cut(String.valueOf(e.getMessage())), e);
    }
  }

  Optional<String> problem(JsonNode value, String root) {
    List<Error> errors;
    try {
      errors = errors(value);
    } catch (JacksonException e) {
      // A number beyond the range of a double was read as infinite; it has no decimal value.
      return Optional.of(root + " holds a number that is too large");
    } catch (StackOverflowError e) {
      return Optional.of(root + " is nested too deep");
    }
    return errors.isEmpty() ? Optional.empty() : Optional.of(told(errors, root));
  }

  /** The library takes 1e30 for a long where it expects an integer; written out, it reads it. */
  private List<Error> errors(JsonNode value) {
    try {
      return schema.validate(value);
    } catch (JacksonException e) {
      return schema.validate(writtenOut(value));
    }
  }

  private static JsonNode writtenOut(JsonNode value) {
    return switch (value) {
      case ObjectNode object -> {
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        object.forEachEntry((name, member) -> copy.set(name, writtenOut(member)));
        yield copy;
      }
      case ArrayNode array -> {
        ArrayNode copy = JsonNodeFactory.instance.arrayNode();
        array.forEach(item -> copy.add(writtenOut(item)));
        yield copy;
      }
      case NumericNode number when !number.isIntegralNumber() && QuickCheck.whole(number) -> {
        BigDecimal exact = number.decimalValue();
        boolean small = (long) exact.precision() - exact.scale() <= MAX_DIGITS;
        yield small ? JsonNodeFactory.instance.numberNode(exact.toBigInteger()) : number;
      }
      default -> value;
    };
  }

  private static com.networknt.schema.Schema meta(SpecificationVersion version) {
    return registry(version).getSchema(SchemaLocation.of(version.getDialectId()));
  }

  private static SpecificationVersion dialect(@Nullable JsonNode named) {
    if (named == null) {
      return SpecificationVersion.DRAFT_2020_12;
    }
    return SpecificationVersion.fromDialectId(named.asString(""))
        .orElseThrow(
            () -> new IllegalArgumentException("the dialect " + named + " is not supported"));
  }

  /** Knows the published dialects, which it carries; every other address is refused. */
  private static SchemaRegistry registry(SpecificationVersion version) {
    return SchemaRegistry.withDefaultDialect(
        version, builder -> builder.schemaLoader(loader -> loader.fetchRemoteResources(false)));
  }

  private static String told(List<Error> errors, String root) {
    return errors.stream()
        .limit(MAX_TOLD)
        .map(error -> cut(root + error.getInstanceLocation() + ": " + error.getMessage()))
        .collect(Collectors.joining("; "));
  }

  private static String cut(String text) {
    String line = text.lines().findFirst().orElse("");
    return line.length() <= MAX_TEXT ? line : line.substring(0, MAX_TEXT);
  }
}
