package dev.plumbline.conformance.probe;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.plumbline.conformance.wire.Messages;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Finds arguments for a tool and makes sure that its input schema accepts them. */
final class InputSchema {
  /** A larger schema is not worked through. */
  private static final int MAX_SCHEMA_CHARACTERS = 256 * 1024;

  /** How many alternatives of {@code anyOf} and {@code oneOf} are tried. */
  private static final int MAX_CHOICES = 8;

  /** Arguments, or why there are none. */
  record Outcome(JsonNode arguments, String obstacle) {
    static Outcome none(String obstacle) {
      return new Outcome(Messages.NODES.nullNode(), obstacle);
    }
  }

  private InputSchema() {}

  /** Arguments for the schema; the same for the same seed. */
  static Outcome arguments(JsonNode schema, long seed) {
    if (!schema.isObject()) {
      return Outcome.none("it has no input schema");
    }
    if (schema.toString().length() > MAX_SCHEMA_CHARACTERS) {
      return Outcome.none("its input schema is larger than we work through");
    }
    String obstacle = "";
    for (int choice = 0; choice < MAX_CHOICES; choice++) {
      try {
        JsonNode made = new ArgumentGenerator(schema, seed, choice).generate();
        String problem = made.isObject() ? problem(schema, made) : "they are not an object";
        if (problem.isEmpty()) {
          return new Outcome(made, "");
        }
        obstacle = "no fitting arguments were found: " + problem;
      } catch (ArgumentGenerator.UnsatisfiableException e) {
        obstacle = e.getMessage() == null ? "no arguments were found" : e.getMessage();
      }
    }
    return Outcome.none(obstacle);
  }

  /** What is wrong with the arguments; empty when the schema accepts them. */
  private static String problem(JsonNode schema, JsonNode arguments) {
    try {
      List<com.networknt.schema.Error> errors =
          SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
              .getSchema(schema)
              .validate(arguments);
      return errors.isEmpty() ? "" : String.valueOf(errors.getFirst().getMessage());
    } catch (RuntimeException e) {
      // A schema the validator cannot read is an obstacle, not our fault.
      return "the schema cannot be read: " + e.getMessage();
    }
  }
}
