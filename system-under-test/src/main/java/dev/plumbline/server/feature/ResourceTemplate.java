package dev.plumbline.server.feature;

import dev.plumbline.server.protocol.RpcException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Resources that are found by a URI template.
 *
 * @param definition as resources/templates/list shows it
 * @param uris which URIs belong to it
 * @param reader gives the contents of one
 * @param completions suggestions, by variable
 */
public record ResourceTemplate(
    ObjectNode definition, UriTemplate uris, Reader reader, Map<String, Completion> completions) {
  /** Gives the contents of a resource of the template. */
  @FunctionalInterface
  public interface Reader {
    /**
     * Runs on a virtual thread; may block.
     *
     * @param variables decoded, by name
     * @return the contents; empty when there is no such resource
     */
    Optional<List<ObjectNode>> read(Context context, String uri, Map<String, String> variables)
        throws RpcException, InterruptedException;
  }

  /** Copies the completions. */
  public ResourceTemplate {
    completions = Map.copyOf(completions);
  }

  /** The template's text, which is unique. */
  public String uriTemplate() {
    return uris.text();
  }
}
