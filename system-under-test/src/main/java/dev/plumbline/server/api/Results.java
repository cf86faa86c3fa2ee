package dev.plumbline.server.api;

import dev.plumbline.server.feature.Detour;
import dev.plumbline.server.feature.ToolResult;
import dev.plumbline.server.observe.Log;
import dev.plumbline.server.protocol.RpcException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** From what a handler does to a tool result. */
final class Results {
  private Results() {}

  static ToolResult of(String tool, @Nullable RecordShape promised, Callable<?> handler)
      throws RpcException, InterruptedException {
    try {
      Object value = handler.call();
      return promised == null ? plain(value) : structured(promised, value);
    } catch (RpcException | InterruptedException | Detour e) {
      throw e;
    } catch (ToolFailure e) {
      return ToolResult.failure(String.valueOf(e.getMessage()));
    } catch (Exception e) {
      // FM-38: what went wrong inside is for the log, not for the peer.
      Log.failure("tool " + tool, e);
      return ToolResult.broken("the tool failed; the server's log says why");
    }
  }

  private static ToolResult structured(RecordShape shape, Object value) {
    return ToolResult.structured((ObjectNode) shape.write(value));
  }

  private static ToolResult plain(@Nullable Object value) {
    return switch (value) {
      case null ->
          new ToolResult(JsonNodeFactory.instance.arrayNode(), null, ToolResult.Course.WELL);
      case ToolResult result -> result;
      case String text -> ToolResult.text(text);
      case Content content -> content(List.of(content));
      case List<?> blocks -> content(blocks);
      case Record record -> structured(RecordShape.of(record.getClass()), record);
      default ->
          throw new IllegalStateException(value.getClass().getSimpleName() + " is no tool result");
    };
  }

  private static ToolResult content(List<?> blocks) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    blocks.forEach(block -> array.add(((Content) block).json()));
    return new ToolResult(array, null, ToolResult.Course.WELL);
  }
}
