package dev.plumbline.server.feature;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A JSON Schema, compiled once. Plain schemas are checked by {@link QuickCheck}; everything else by
 * the full validator, with the same verdicts. References are resolved inside the schema only:
 * nothing is ever fetched (2026-07-28 basic/index, JSON Schema usage).
 */
public final class Schema {
  /** Nesting of a schema; deeper ones are refused. */
  static final int MAX_DEPTH = 64;

  /** JSON values in a schema; larger ones are refused. */
  static final int MAX_NODES = 10_000;

  private final QuickCheck.@Nullable Check quick;
  private final @Nullable FullCheck full;

  private Schema(QuickCheck.@Nullable Check quick, @Nullable FullCheck full) {
    this.quick = quick;
    this.full = full;
  }

  /**
   * Compiles a schema; 2020-12 unless {@code $schema} says otherwise.
   *
   * @throws IllegalArgumentException in one line, when it is not a schema, too large, of an unknown
   *     dialect, or refers to something outside itself
   */
  public static Schema compile(ObjectNode schema) {
    bound(schema, 0, 0);
    Optional<QuickCheck.Check> quick = QuickCheck.of(schema);
    return quick.isPresent()
        ? new Schema(quick.get(), null)
        : new Schema(null, FullCheck.of(schema));
  }

  /**
   * What is wrong with the value, in one line, or empty.
   *
   * @param root what the value is called in the line
   */
  public Optional<String> problem(JsonNode value, String root) {
    if (quick != null) {
      QuickCheck.Problem problem = quick.problem(value);
      return problem == null ? Optional.empty() : Optional.of(problem.in(root));
    }
    return full == null ? Optional.empty() : full.problem(value, root);
  }

  private static int bound(JsonNode node, int depth, int before) {
    int seen = before + 1;
    if (depth > MAX_DEPTH || seen > MAX_NODES) {
      throw new IllegalArgumentException(
          "the schema is deeper than " + MAX_DEPTH + " or larger than " + MAX_NODES + " values");
    }
    for (JsonNode child : node) {
      seen = bound(child, depth + 1, seen);
    }
    return seen;
  }
}
