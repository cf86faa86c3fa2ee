package dev.plumbline.server.observe.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.server.HttpServer;
import dev.plumbline.server.ServerContext;
import dev.plumbline.server.ServerCore;
import dev.plumbline.server.api.Doc;
import dev.plumbline.server.api.McpServer;
import dev.plumbline.server.api.ToolFailure;
import dev.plumbline.server.client.CallOptions;
import dev.plumbline.server.client.ClientOptions;
import dev.plumbline.server.client.EraPreference;
import dev.plumbline.server.client.Handlers;
import dev.plumbline.server.client.McpClient;
import dev.plumbline.server.client.Target;
import dev.plumbline.server.observe.Pseudonym;
import dev.plumbline.server.protocol.RpcException;
import dev.plumbline.server.support.RawConnection;
import dev.plumbline.server.support.Requests;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.IOException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class TracingTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String PARENT = "00-" + TRACE + "-b7ad6b7169203331-01";
  private static final String OTHER = "00-11111111111111111111111111111111-2222222222222222-01";
  private static final String SECRET = "secret-argument";

  record Text(@Doc("Anything.") String text) {}

  record Color(@Doc("A color.") String color) {}

  private final CollectedSpans spans = new CollectedSpans();
  private final Tracing tracing = Tracing.to(spans, "test", 1.0);
  private ServerCore core;
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    McpServer offered =
        McpServer.named("traced", "1")
            .tool("echo", "Says it again", Text.class, (given, call) -> given.text())
            .tool(
                "fails",
                "Fails",
                Text.class,
                (given, call) -> {
                  throw new ToolFailure("no");
                })
            .tool(
                "asks",
                "Asks",
                Text.class,
                (given, call) -> "" + call.elicit("color", "Which?", Color.class).accepted());
    core =
        new ServerCore(
            offered, ServerContext.withRequests(64).with(tracing), UnaryOperator.identity());
    server = new HttpServer(core, 0, 0);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private McpClient client(EraPreference era, Handlers handlers) {
    return new McpClient(
        Target.of(server.endpoint().toString()),
        ClientOptions.named("test", "1").withEra(era).withHandlers(handlers));
  }

  private void post(String json, String... headers) throws IOException {
    try (RawConnection connection = new RawConnection(server.endpoint().getPort())) {
      connection.send(Requests.post(json, headers)).read();
    }
  }

  private static ObjectNode text() {
    return JsonNodeFactory.instance.objectNode().put("text", SECRET);
  }

  /** Everything that ended, once all of it was handed over. */
  private void flush() {
    server.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"HANDSHAKE", "STATELESS"})
  void leadsFromACommandOverTheClientAndTheServerToTheTool(EraPreference era) throws Exception {
    try (McpClient client = client(era, Handlers.NONE);
        RequestSpan _ = tracing.beginning("command")) {
      client.connect();
      client.callTool("echo", text(), CallOptions.DEFAULT);
    }
    flush();

    SpanData command = spans.named("command");
    SpanData sent = spans.named("tools/call");
    SpanData served = spans.named("tools/call echo");
    SpanData tool = spans.named("execute_tool echo");
    assertThat(sent.getKind()).isEqualTo(SpanKind.CLIENT);
    assertThat(served.getKind()).isEqualTo(SpanKind.SERVER);
    assertThat(sent.getParentSpanId()).isEqualTo(command.getSpanId());
    assertThat(served.getParentSpanId()).isEqualTo(sent.getSpanId());
    assertThat(tool.getParentSpanId()).isEqualTo(served.getSpanId());
    assertThat(tool.getTraceId()).isEqualTo(command.getTraceId());
    assertThat(served.getStartEpochNanos()).isLessThanOrEqualTo(tool.getStartEpochNanos());
  }

  @Test
  void saysWhatTheConventionsAskAndNothingOfTheArguments() throws Exception {
    try (McpClient client = client(EraPreference.HANDSHAKE, Handlers.NONE)) {
      client.connect();
      client.callTool("echo", text(), CallOptions.DEFAULT);
    }
    flush();

    SpanData served = spans.named("tools/call echo");
    assertThat(CollectedSpans.text(served, "rpc.system")).isEqualTo("jsonrpc");
    assertThat(CollectedSpans.text(served, "rpc.method")).isEqualTo("tools/call");
    assertThat(CollectedSpans.text(served, "mcp.method.name")).isEqualTo("tools/call");
    assertThat(CollectedSpans.text(served, "mcp.protocol.version")).isEqualTo("2025-11-25");
    assertThat(CollectedSpans.text(served, "gen_ai.tool.name")).isEqualTo("echo");
    assertThat(CollectedSpans.text(served, "gen_ai.operation.name")).isEqualTo("execute_tool");
    assertThat(CollectedSpans.text(served, "network.transport")).isEqualTo("tcp");
    assertThat(CollectedSpans.text(served, "jsonrpc.request.id")).isNotBlank();
    assertThat(CollectedSpans.text(served, "mcp.session.id")).hasSize(12);
    assertThat(served.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    assertThat(spans.all().toString()).doesNotContain(SECRET);
  }

  @Test
  void neverTellsTheIdOfASession() throws Exception {
    String id;
    try (RawConnection connection = new RawConnection(server.endpoint().getPort())) {
      id =
          connection
              .send(Requests.post(Requests.initialize("2025-11-25")))
              .read()
              .headers()
              .get("mcp-session-id");
    }
    flush();

    SpanData opened = spans.named("initialize");
    assertThat(CollectedSpans.text(opened, "mcp.session.id")).isEqualTo(Pseudonym.of("" + id));
    assertThat(spans.all().toString()).doesNotContain("" + id);
  }

  @Test
  void showsWhatTheSessionStoreTakes() throws IOException {
    post(Requests.initialize("2025-11-25"));
    flush();

    assertThat(spans.named("store.create").getParentSpanId())
        .isEqualTo(spans.named("initialize").getSpanId());
  }

  @Test
  void continuesTheTraceOfTheMessageAndLinksTheOneOfItsWire() throws IOException {
    post(
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":{\"_meta\":{\"traceparent\":\""
            + PARENT
            + "\",\"tracestate\":\"a=b\"}}}",
        "traceparent: " + OTHER);
    flush();

    SpanData served = spans.named("ping");
    assertThat(served.getTraceId()).isEqualTo(TRACE);
    assertThat(served.getParentSpanId()).isEqualTo("b7ad6b7169203331");
    assertThat(served.getSpanContext().getTraceState().get("a")).isEqualTo("b");
    assertThat(served.getLinks()).hasSize(1);
    assertThat(served.getLinks().getFirst().getSpanContext().getSpanId())
        .isEqualTo("2222222222222222");
  }

  @Test
  void continuesTheTraceOfTheHeaderWhenTheMessageNamesNone() throws IOException {
    post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}", "traceparent: " + PARENT);
    flush();

    assertThat(spans.named("ping").getTraceId()).isEqualTo(TRACE);
  }

  @Test
  void beginsATraceOfItsOwnWhenTheGivenOneIsMalformed() throws IOException {
    post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}", "traceparent: 00-x-y-z");
    flush();

    assertThat(spans.named("ping").getParentSpanContext().isValid()).isFalse();
  }

  @Test
  void keepsNothingOfATraceWhoseBeginnerKeepsNothing() throws IOException {
    post(
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}",
        "traceparent: " + PARENT.substring(0, PARENT.length() - 2) + "00");
    flush();

    assertThat(spans.all()).isEmpty();
  }

  @Test
  void namesErrorsByCodeAndToolFailuresAsSuch() throws Exception {
    try (McpClient client = client(EraPreference.HANDSHAKE, Handlers.NONE)) {
      client.connect();
      client.callTool("fails", text(), CallOptions.DEFAULT);
      assertThatThrownBy(() -> client.callTool("nothing", text(), CallOptions.DEFAULT))
          .isInstanceOf(RpcException.class);
    }
    flush();

    assertThat(CollectedSpans.text(spans.named("execute_tool fails"), "error.type"))
        .isEqualTo("tool_error");
    SpanData unknown = spans.named("tools/call");
    assertThat(CollectedSpans.text(unknown, "rpc.response.status_code")).isEqualTo("-32602");
    assertThat(unknown.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
  }

  @Test
  void takesNoNameFromAPeer() throws IOException {
    post("{\"jsonrpc\":\"2.0\",\"id\":\"evil id\\n\",\"method\":\"evil/method\"}");
    flush();

    assertThat(spans.named("other")).isNotNull();
    assertThat(spans.all().toString()).doesNotContain("evil");
  }

  @Test
  void handsTheTraceOnWithAQuestionToTheClient() throws Exception {
    ObjectNode[] asked = new ObjectNode[1];
    Handlers handlers =
        Handlers.NONE.withElicitation(
            params -> {
              asked[0] = params;
              ObjectNode answer = JsonNodeFactory.instance.objectNode().put("action", "accept");
              answer.putObject("content").put("color", "blue");
              return answer;
            });
    try (McpClient client = client(EraPreference.HANDSHAKE, handlers)) {
      client.connect();
      client.callTool("asks", text(), CallOptions.DEFAULT);
    }
    flush();

    SpanData question = spans.named("elicitation/create");
    assertThat(question.getKind()).isEqualTo(SpanKind.CLIENT);
    assertThat(question.getParentSpanId()).isEqualTo(spans.named("execute_tool asks").getSpanId());
    Trace handed = Trace.of((ObjectNode) asked[0].path("_meta")).orElseThrow();
    assertThat(handed.traceparent()).contains(question.getSpanId(), question.getTraceId());
  }
}
