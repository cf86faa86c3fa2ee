package dev.plumbline.server.feature.task;

import dev.plumbline.server.feature.ClientRequest;
import dev.plumbline.server.feature.Context;
import dev.plumbline.server.feature.LogLevel;
import dev.plumbline.server.protocol.RequestId;
import dev.plumbline.server.protocol.RpcException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A request of a client that accepts every form, and remembers what it was told. */
final class StandIn implements Context {
  final List<String> told = new ArrayList<>();
  final List<String> asked = new ArrayList<>();
  private final String revision;
  private final String principal;
  private final ObjectNode capabilities;
  private final ObjectNode meta;

  StandIn(String revision, String principal, String capabilities, String meta) {
    this.revision = revision;
    this.principal = principal;
    this.capabilities = read(capabilities);
    this.meta = read(meta);
  }

  static StandIn session(String id) {
    return new StandIn("2025-11-25", id, "{\"elicitation\":{}}", "{\"progressToken\":\"p\"}");
  }

  static StandIn modern(String principal) {
    return new StandIn(
        "2026-07-28",
        principal,
        "{\"elicitation\":{},\"extensions\":{\"io.modelcontextprotocol/tasks\":{}}}",
        "{}");
  }

  static ObjectNode read(String json) {
    return (ObjectNode) new JsonMapper().readTree(json);
  }

  @Override
  public RequestId id() {
    return new RequestId.Whole("1");
  }

  @Override
  public String method() {
    return "tools/call";
  }

  @Override
  public String revision() {
    return revision;
  }

  @Override
  public String principal() {
    return principal;
  }

  @Override
  public ObjectNode clientCapabilities() {
    return capabilities;
  }

  @Override
  public ObjectNode meta() {
    return meta;
  }

  @Override
  public void progress(double progress, @Nullable Double total, @Nullable String message) {}

  @Override
  public void log(LogLevel level, @Nullable String logger, JsonNode data) {}

  @Override
  public boolean wants(LogLevel level) {
    return level.reaches(LogLevel.WARNING);
  }

  @Override
  public void tell(String method, ObjectNode params) {
    told.add(method + " " + params);
  }

  @Override
  public void extend(Duration atMost) {}

  @Override
  public Map<String, ObjectNode> ask(Map<String, ClientRequest> requests) throws RpcException {
    Map<String, ObjectNode> answers = new LinkedHashMap<>();
    requests.forEach(
        (key, request) -> {
          asked.add(key + " " + request.params());
          answers.put(key, accepted());
        });
    return answers;
  }

  static ObjectNode accepted() {
    return JsonNodeFactory.instance.objectNode().put("action", "accept");
  }

  @Override
  public void disconnect() {}

  @Override
  public boolean cancelled() {
    return false;
  }
}
