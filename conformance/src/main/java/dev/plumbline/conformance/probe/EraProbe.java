package dev.plumbline.conformance.probe;

import dev.plumbline.evidence.model.Consent;
import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.Transport;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the target says in one era over one transport.
 *
 * @param era the era
 * @param transport what carried it
 * @param revisions the revisions of this era it states or negotiated, newest first
 * @param revision the revision conversations with it speak
 * @param capabilities what it declared; an object
 * @param serverInfo how it names itself; an object, possibly empty
 * @param tools the tools it lists, as far as bounds allow
 * @param resources the URIs of the resources it lists
 * @param resourceTemplates the URI templates it lists
 * @param prompts the names of the prompts it lists
 * @param promptArguments the names of the required arguments, by prompt
 * @param session whether it assigned a session id
 * @param slowestNanos the slowest lawful answer
 * @param notes what went wrong on the way, for people
 */
public record EraProbe(
    Era era,
    Transport transport,
    List<String> revisions,
    String revision,
    JsonNode capabilities,
    JsonNode serverInfo,
    List<ToolInfo> tools,
    List<String> resources,
    List<String> resourceTemplates,
    List<String> prompts,
    Map<String, List<String>> promptArguments,
    boolean session,
    long slowestNanos,
    List<String> notes) {
  /** Copies the collections. */
  public EraProbe {
    revisions = List.copyOf(revisions);
    tools = List.copyOf(tools);
    resources = List.copyOf(resources);
    resourceTemplates = List.copyOf(resourceTemplates);
    prompts = List.copyOf(prompts);
    promptArguments = Collections.unmodifiableMap(new TreeMap<>(promptArguments));
    notes = List.copyOf(notes);
  }

  /**
   * Whether a capability is declared. A dot leads into sub-capabilities: {@code
   * resources.subscribe}; there {@code false} counts as not declared. A name with dots of its own
   * is found as well: {@code extensions.io.modelcontextprotocol/tasks}.
   */
  public boolean declares(String capability) {
    JsonNode node = below(capabilities, capability);
    return !node.isMissingNode() && !node.isNull() && !(node.isBoolean() && !node.booleanValue());
  }

  private static JsonNode below(JsonNode node, String path) {
    int dot = path.indexOf('.');
    return node.has(path) || dot < 0
        ? node.path(path)
        : below(node.path(path.substring(0, dot)), path.substring(dot + 1));
  }

  /** The first tool that can be called within what is allowed, read-only tools first. */
  public Optional<CallableTool> callableTool(Consent consent) {
    for (Consent needed : Consent.values()) {
      for (ToolInfo tool : tools) {
        if (tool.callable() && tool.needs() == needed && consent.covers(needed)) {
          return Optional.of(new CallableTool(tool, (ObjectNode) tool.arguments().deepCopy()));
        }
      }
    }
    return Optional.empty();
  }
}
