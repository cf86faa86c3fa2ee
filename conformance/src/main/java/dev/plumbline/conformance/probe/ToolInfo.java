package dev.plumbline.conformance.probe;

import dev.plumbline.evidence.model.Consent;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/**
 * A tool the target lists.
 *
 * @param name its name
 * @param inputSchema its input schema as listed; JSON null when it has none
 * @param outputSchema its output schema as listed; JSON null when it has none
 * @param readOnly whether it changes nothing: by its own {@code readOnlyHint}, or because the user
 *     named it
 * @param destructive whether it may destroy: {@code destructiveHint}, true when not stated
 * @param arguments arguments that satisfy the input schema; JSON null when none could be made
 * @param obstacle why it cannot be called; empty when it can
 */
public record ToolInfo(
    String name,
    @Nullable JsonNode inputSchema,
    @Nullable JsonNode outputSchema,
    boolean readOnly,
    boolean destructive,
    @Nullable JsonNode arguments,
    String obstacle) {

  /** Absent JSON becomes JSON null. */
  public ToolInfo {
    inputSchema = Objects.requireNonNullElse(inputSchema, NullNode.instance);
    outputSchema = Objects.requireNonNullElse(outputSchema, NullNode.instance);
    arguments = Objects.requireNonNullElse(arguments, NullNode.instance);
  }

  /** Its input schema as listed; JSON null when it has none. */
  @Override
  public JsonNode inputSchema() {
    return Objects.requireNonNullElse(inputSchema, NullNode.instance);
  }

  /** Its output schema as listed; JSON null when it has none. */
  @Override
  public JsonNode outputSchema() {
    return Objects.requireNonNullElse(outputSchema, NullNode.instance);
  }

  /** Arguments that satisfy the input schema; JSON null when none could be made. */
  @Override
  public JsonNode arguments() {
    return Objects.requireNonNullElse(arguments, NullNode.instance);
  }

  /** Whether arguments are known to call it with. */
  public boolean callable() {
    return obstacle.isEmpty() && arguments().isObject();
  }

  /** What the owner of the target must have allowed before it is called. */
  public Consent needs() {
    if (readOnly) {
      return Consent.READ_ONLY;
    }
    return destructive ? Consent.DESTRUCTIVE : Consent.CREATES;
  }
}
