package dev.plumbline.server.feature;

import dev.plumbline.server.protocol.RpcException;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A prompt template.
 *
 * @param definition as prompts/list shows it: name, description, arguments
 * @param body the messages for given arguments
 * @param completions suggestions, by argument
 */
public record Prompt(ObjectNode definition, Body body, Map<String, Completion> completions) {
  /** Gives the messages of a prompt. */
  @FunctionalInterface
  public interface Body {
    /**
     * Runs on a virtual thread; may block.
     *
     * @return a fresh array of messages
     */
    ArrayNode messages(Context context, Map<String, String> arguments)
        throws RpcException, InterruptedException;
  }

  /** Copies the completions. */
  public Prompt {
    completions = Map.copyOf(completions);
  }

  /** The unique name. */
  public String name() {
    return definition.path("name").asString();
  }
}
