package dev.plumbline.server.mutant;

import dev.plumbline.server.ServerParts;
import dev.plumbline.server.feature.Method;
import dev.plumbline.server.protocol.Decoded;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.Message;
import dev.plumbline.server.protocol.RpcError;
import dev.plumbline.server.protocol.RpcException;
import dev.plumbline.server.transport.StdioLines;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A server without completion, which is no defect, and defects of the handshake era in completion,
 * pages, dialects of schemas and lines.
 */
final class HandshakeUseMutants {
  private static final String COMPLETE = "completion/complete";
  private static final String CALL = "tools/call";
  private static final String RESOURCES = "resources/list";
  private static final String SPREAD =
      "{\"jsonrpc\":\"2.0\",\n\"method\":\"notifications/tools/list_changed\"}";

  /** No cursor of this server is as long. */
  private static final int LONG_CURSOR = 1_000;

  private HandshakeUseMutants() {}

  static List<Mutant> all() {
    return List.of(
        // The lawful server that completes nothing.
        Planting.handshake(
            "without-completion", parts -> parts.withMethods(table -> table.without(COMPLETE))),
        // COMP-006
        new Mutant("completion-missing-internal-error", HandshakeUseMutants::failing),
        // PAGE-006, PAGE-007
        Planting.handshakeMethod("cursor-used-up", RESOURCES, (_, m) -> usedUp(m)),
        Planting.handshakeMethod("wrong-cursor-harms", RESOURCES, (_, m) -> harmed(m)),
        // BASE-017, BASE-018
        unchecked("default-dialect-ignored", "test_default_dialect"),
        unchecked("named-dialect-ignored", "test_named_dialect"),
        // TRAN-010
        new Mutant("handshake-message-over-two-lines", HandshakeUseMutants::spread));
  }

  private static ServerParts failing(ServerParts parts) {
    return Planting.handshakeResult(
            "",
            "initialize",
            result -> result.withObjectProperty("capabilities").remove("completions"))
        .change()
        .apply(
            parts.withHandshake(
                era ->
                    era.withMethods(
                        table ->
                            table.with(
                                COMPLETE,
                                (_, _) -> {
                                  throw new RpcException(RpcError.of(ErrorCode.INTERNAL_ERROR));
                                }))));
  }

  /** Once the list was read to its end, its cursors lead to pages that lack an entry. */
  private static Method usedUp(Method original) {
    AtomicBoolean ended = new AtomicBoolean();
    return (context, params) -> {
      ObjectNode page = original.call(context, params);
      if (params.has("cursor") && ended.get()) {
        page.withArrayProperty("resources").remove(0);
      }
      ended.set(!page.has("nextCursor"));
      return page;
    };
  }

  /** After a cursor that is too long the list lacks an entry once. */
  private static Method harmed(Method original) {
    AtomicBoolean harmed = new AtomicBoolean();
    return (context, params) -> {
      if (params.path("cursor").asString("").length() > LONG_CURSOR) {
        harmed.set(true);
      }
      ObjectNode page = original.call(context, params);
      if (!params.has("cursor") && harmed.getAndSet(false)) {
        page.withArrayProperty("resources").remove(0);
      }
      return page;
    };
  }

  private static Mutant unchecked(String name, String tool) {
    return Planting.handshakeMethod(
        name,
        CALL,
        (_, original) ->
            (context, params) -> {
              if (!params.path("name").asString("").equals(tool)) {
                return original.call(context, params);
              }
              ObjectNode result = JsonNodeFactory.instance.objectNode();
              result.putArray("content").addObject().put("type", "text").put("text", "Measured.");
              return result;
            });
  }

  private static ServerParts spread(ServerParts parts) {
    StdioLines original = parts.stdioLines();
    return parts.withStdioLines(
        (decoded, answer) -> {
          List<byte[]> lines = new ArrayList<>();
          if (decoded instanceof Decoded.Valid(Message.Request request)
              && request.method().equals(CALL)) {
            lines.add(SPREAD.getBytes(StandardCharsets.UTF_8));
          }
          lines.addAll(original.lines(decoded, answer));
          return lines;
        });
  }
}
