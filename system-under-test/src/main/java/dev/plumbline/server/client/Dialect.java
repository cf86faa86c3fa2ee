package dev.plumbline.server.client;

import dev.plumbline.server.era.Meta;
import dev.plumbline.server.protocol.Message;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** How a request is dressed in an era and a revision. */
sealed interface Dialect {
  String LOG_LEVEL = "io.modelcontextprotocol/logLevel";
  String VERSION_HEADER = "MCP-Protocol-Version";

  /** The revision; empty before one is agreed. */
  String revision();

  /** The parameters as this era wants them; the given object is not changed. */
  ObjectNode params(ObjectNode given, CallOptions options);

  /** The header fields that go with a message, for wires that have headers. */
  Map<String, String> fields(Message.Call call);

  boolean stateless();

  /** Revisions up to 2025-11-25: everything was said in the handshake. */
  record Handshake(String revision) implements Dialect {
    @Override
    public ObjectNode params(ObjectNode given, CallOptions options) {
      return given.deepCopy();
    }

    /** The header came with 2025-06-18; older servers ignore it. */
    @Override
    public Map<String, String> fields(Message.Call call) {
      return revision.isEmpty() ? Map.of() : Map.of(VERSION_HEADER, revision);
    }

    @Override
    public boolean stateless() {
      return false;
    }
  }

  /**
   * Revision 2026-07-28: every request says everything (2026-07-28 basic, _meta; streamable-http,
   * request metadata).
   */
  record Stateless(String revision, ClientOptions options) implements Dialect {
    @Override
    public ObjectNode params(ObjectNode given, CallOptions call) {
      ObjectNode params = given.deepCopy();
      ObjectNode meta = params.withObjectProperty("_meta");
      meta.put(Meta.PROTOCOL_VERSION, revision);
      meta.set(Meta.CLIENT_INFO, options.clientInfo());
      meta.set(Meta.CLIENT_CAPABILITIES, options.capabilities());
      call.logLevel().ifPresent(level -> meta.put(LOG_LEVEL, level));
      return params;
    }

    @Override
    public Map<String, String> fields(Message.Call call) {
      Map<String, String> fields = new HashMap<>();
      fields.put(VERSION_HEADER, revision);
      fields.put("Mcp-Method", call.method());
      String named =
          switch (call.method()) {
            case "tools/call", "prompts/get" -> call.params().path("name").asString("");
            case "resources/read" -> call.params().path("uri").asString("");
            case "tasks/get", "tasks/update", "tasks/cancel" ->
                call.params().path("taskId").asString("");
            default -> "";
          };
      if (!named.isEmpty()) {
        fields.put("Mcp-Name", HeaderValue.encode(named));
      }
      return fields;
    }

    @Override
    public boolean stateless() {
      return true;
    }
  }
}
