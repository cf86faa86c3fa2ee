package dev.plumbline.conformance.probe;

import dev.plumbline.evidence.model.Consent;
import tools.jackson.databind.JsonNode;

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
    JsonNode inputSchema,
    JsonNode outputSchema,
    boolean readOnly,
    boolean destructive,
    JsonNode arguments,
    String obstacle) {

  /** Whether arguments are known to call it with. */
  public boolean callable() {
    return obstacle.isEmpty() && arguments.isObject();
  }

  /** What the owner of the target must have allowed before it is called. */
  public Consent needs() {
    if (readOnly) {
      return Consent.READ_ONLY;
    }
    return destructive ? Consent.DESTRUCTIVE : Consent.CREATES;
  }
}
