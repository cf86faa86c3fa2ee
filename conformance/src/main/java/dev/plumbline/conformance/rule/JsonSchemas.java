package dev.plumbline.conformance.rule;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * JSON Schema as MCP uses it: 2020-12 unless the schema names another dialect. Nothing is fetched
 * from a network.
 */
public final class JsonSchemas {
  private static final String DEFAULT_DIALECT = "https://json-schema.org/draft/2020-12/schema";

  private static final Set<String> KNOWN =
      Set.of(
          DEFAULT_DIALECT,
          "https://json-schema.org/draft/2019-09/schema",
          "http://json-schema.org/draft-07/schema",
          "http://json-schema.org/draft-06/schema",
          "http://json-schema.org/draft-04/schema");

  /** How many violations are told. */
  private static final int MAX_TOLD = 3;

  private JsonSchemas() {}

  /** The dialect a schema is written in, without a trailing number sign. */
  public static String dialect(JsonNode schema) {
    String named = schema.path("$schema").stringValue(DEFAULT_DIALECT);
    return named.endsWith("#") ? named.substring(0, named.length() - 1) : named;
  }

  /** Whether schemas of this dialect can be judged. */
  public static boolean isKnown(String dialect) {
    return KNOWN.contains(dialect);
  }

  /**
   * What keeps the schema from being a valid one of its dialect.
   *
   * @return the problem, or empty when there is none or the dialect is unknown
   */
  public static Optional<String> defect(JsonNode schema) {
    String dialect = dialect(schema);
    if (!isKnown(dialect)) {
      return Optional.empty();
    }
    return told(registry().getSchema(SchemaLocation.of(dialect)).validate(schema));
  }

  /**
   * What in the value does not conform to the schema.
   *
   * @return the problem, or empty when it conforms
   * @throws IllegalArgumentException when the schema cannot be used, for example because it refers
   *     to another document
   */
  public static Optional<String> violation(JsonNode schema, JsonNode value) {
    try {
      return told(registry().getSchema(schema).validate(value));
    } catch (SchemaException e) {
      throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
    }
  }

  private static SchemaRegistry registry() {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  }

  private static Optional<String> told(List<Error> errors) {
    if (errors.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        errors.stream()
            .map(e -> e.getInstanceLocation() + ": " + e.getMessage())
            .sorted()
            .limit(MAX_TOLD)
            .collect(Collectors.joining("; ")));
  }
}
