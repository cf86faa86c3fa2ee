package dev.plumbline.server.feature;

import dev.plumbline.server.protocol.RpcException;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * A resource.
 *
 * @param definition as resources/list shows it
 * @param reader gives its contents
 */
public record Resource(ObjectNode definition, Reader reader) {
  /** Gives the contents of a resource. */
  @FunctionalInterface
  public interface Reader {
    /**
     * Runs on a virtual thread; may block.
     *
     * @return as resources/read shows them: uri, mimeType, text or blob; fresh
     */
    List<ObjectNode> read(Context context) throws RpcException, InterruptedException;
  }

  /** A resource with fixed contents. */
  public Resource(ObjectNode definition, ObjectNode contents) {
    this(definition, _ -> List.of(contents.deepCopy()));
  }

  /** The unique URI. */
  public String uri() {
    return definition.path("uri").asString();
  }
}
