package dev.plumbline.server.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.server.client.ScriptedServer.Seen;
import dev.plumbline.server.protocol.RpcException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** 2026-07-28 basic/patterns/mrtr, and the tasks extension. */
class RoundTripsTest {
  private static final String ASK =
      "\"resultType\":\"input_required\",\"inputRequests\":{\"who\":{\"method\":\"elicitation/create\",\"params\":{}}}";

  private static ObjectNode none() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static McpClient client(ScriptedServer server) {
    Handlers handlers = Handlers.NONE.withElicitation(_ -> none().put("action", "accept"));
    return new McpClient(
        server.target(),
        ClientOptions.named("test", "1")
            .withEra(EraPreference.STATELESS)
            .withTasks(true)
            .withHandlers(handlers));
  }

  private static List<Seen> of(ScriptedServer server, String method) {
    return server.seen().stream().filter(seen -> seen.method().equals(method)).toList();
  }

  @Test
  void repeatsARequestWithTheAnswersTheStateAsItCameAndAFreshId() throws Exception {
    String state = "opaque \\u00e9 {}";
    try (ScriptedServer server =
            new ScriptedServer(
                seen -> {
                  if (seen.discover()) {
                    return;
                  }
                  boolean again = seen.body().path("params").has("inputResponses");
                  seen.result(
                      again
                          ? "\"resultType\":\"complete\",\"contents\":[]"
                          : ASK + ",\"requestState\":\"" + state + "\"");
                });
        McpClient client = client(server)) {
      client.connect();
      client.readResource("x:///y");
      client.readResource("x:///z");
      List<Seen> reads = of(server, "resources/read");
      assertThat(reads).hasSize(4);
      assertThat(reads).extracting(seen -> seen.body().path("id").asInt()).doesNotHaveDuplicates();
      assertThat(reads.get(1).body().path("params").path("requestState").asString())
          .isEqualTo("opaque é {}");
      assertThat(
              reads
                  .get(1)
                  .body()
                  .path("params")
                  .path("inputResponses")
                  .path("who")
                  .path("action")
                  .asString())
          .isEqualTo("accept");
      assertThat(reads.get(1).body().path("params").path("uri").asString()).isEqualTo("x:///y");
      // Nothing of the first request is in the one after it.
      assertThat(reads.get(2).body().path("params").has("requestState")).isFalse();
      assertThat(reads.get(2).body().path("params").has("inputResponses")).isFalse();
    }
  }

  @Test
  void leavesStateOutWhenThereWasNone() throws Exception {
    AtomicInteger round = new AtomicInteger();
    try (ScriptedServer server =
            new ScriptedServer(
                seen -> {
                  if (!seen.discover()) {
                    seen.result(
                        round.incrementAndGet() == 1
                            ? ASK + ",\"requestState\":\"a\""
                            : round.get() == 2 ? ASK : "\"contents\":[]");
                  }
                });
        McpClient client = client(server)) {
      client.connect();
      client.readResource("x:///y");
      assertThat(of(server, "resources/read").get(2).body().path("params").has("requestState"))
          .isFalse();
    }
  }

  @Test
  void doesNotAnswerForEver() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                seen -> {
                  if (!seen.discover()) {
                    seen.result(ASK);
                  }
                });
        McpClient client = client(server)) {
      client.connect();
      assertThatThrownBy(() -> client.readResource("x:///y")).hasMessageContaining("16 times");
    }
  }

  @Test
  void refusesARequestForWhatWasNotOfferedAndAResultOfAnUnknownType() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                seen -> {
                  if (!seen.discover()) {
                    seen.result(
                        seen.method().equals("resources/read")
                            ? "\"resultType\":\"input_required\",\"inputRequests\":{\"r\":{\"method\":\"roots/list\"}}"
                            : "\"resultType\":\"surprise\"");
                  }
                });
        McpClient client = client(server)) {
      client.connect();
      assertThatThrownBy(() -> client.readResource("x:///y"))
          .hasMessageContaining("roots/list, which was not offered");
      assertThatThrownBy(() -> client.getPrompt("p", none()))
          .hasMessageContaining("unknown type: surprise");
    }
  }

  @Test
  void followsATaskAnswersItAndGivesItsResult() throws Exception {
    AtomicInteger polls = new AtomicInteger();
    String task =
        "\"taskId\":\"t1\",\"ttlMs\":null,\"pollIntervalMs\":20,\"createdAt\":\"2026-01-01T00:00:00Z\",\"lastUpdatedAt\":\"2026-01-01T00:00:00Z\"";
    try (ScriptedServer server =
            new ScriptedServer(
                seen -> {
                  if (seen.discover()) {
                    return;
                  }
                  switch (seen.method()) {
                    case "tools/list" -> seen.result("\"tools\":[]");
                    case "tools/call" ->
                        seen.result("\"resultType\":\"task\",\"status\":\"working\"," + task);
                    case "tasks/update" -> seen.result("\"resultType\":\"complete\"");
                    default ->
                        seen.result(
                            "\"resultType\":\"complete\","
                                + task
                                + switch (polls.incrementAndGet()) {
                                  case 1 -> ",\"status\":\"working\"";
                                  case 2 ->
                                      ",\"status\":\"input_required\",\"inputRequests\":{\"who\":{\"method\":\"elicitation/create\"}}";
                                  default ->
                                      ",\"status\":\"completed\",\"result\":{\"content\":[],\"isError\":false}";
                                });
                  }
                });
        McpClient client = client(server)) {
      client.connect();
      assertThat(client.callTool("slow", none(), CallOptions.DEFAULT).has("content")).isTrue();
      assertThat(of(server, "tasks/get"))
          .allSatisfy(seen -> assertThat(seen.header("Mcp-Name")).contains("t1"));
      assertThat(of(server, "tasks/update")).hasSize(1);
    }
  }

  @Test
  void readsAToolsSchemaAgainWhenItsHeadersNoLongerFit() throws Exception {
    AtomicInteger lists = new AtomicInteger();
    try (ScriptedServer server =
            new ScriptedServer(
                seen -> {
                  if (seen.discover()) {
                    return;
                  }
                  if (seen.method().equals("tools/list")) {
                    String header = lists.incrementAndGet() == 1 ? "Old" : "New";
                    seen.result(
                        "\"tools\":[{\"name\":\"t\",\"inputSchema\":{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\",\"x-mcp-header\":\""
                            + header
                            + "\"}}}}]");
                  } else if (seen.header("Mcp-Param-New").isEmpty()) {
                    seen.error(400, -32020, "null");
                  } else {
                    seen.result("\"content\":[]");
                  }
                });
        McpClient client = client(server)) {
      client.connect();
      client.callTool("t", none().put("a", "b"), CallOptions.DEFAULT);
      assertThat(of(server, "tools/call").getLast().header("Mcp-Param-New")).contains("b");
      assertThat(lists).hasValue(2);
    }
  }

  @Test
  void handsOnATasksError() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                seen -> {
                  if (seen.discover()) {
                    return;
                  }
                  switch (seen.method()) {
                    case "tools/list" -> seen.result("\"tools\":[]");
                    case "tools/call" ->
                        seen.result(
                            "\"resultType\":\"task\",\"taskId\":\"t\",\"status\":\"working\",\"pollIntervalMs\":20");
                    default ->
                        seen.result(
                            "\"taskId\":\"t\",\"status\":\"failed\",\"error\":{\"code\":-5,\"message\":\"broke\"}");
                  }
                });
        McpClient client = client(server)) {
      client.connect();
      assertThatThrownBy(() -> client.callTool("slow", none(), CallOptions.DEFAULT))
          .isInstanceOf(RpcException.class)
          .hasMessage("broke");
    }
  }
}
