package dev.plumbline.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.server.HttpServer;
import dev.plumbline.server.ServerContext;
import dev.plumbline.server.ServerCore;
import dev.plumbline.server.feature.Change;
import dev.plumbline.server.protocol.JsonLimits;
import dev.plumbline.server.support.RawConnection;
import dev.plumbline.server.support.Requests;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Servers made with the API, asked over real sockets. */
class McpServerTest {
  private static final int REQUESTS = 8;

  enum Language {
    JAVA,
    GO
  }

  record Sum(int a, int b) {}

  record Total(@Range(max = 100) long total) {}

  record Review(String code, Optional<Language> language) {}

  @Test
  void answersWithTheStructuredResultItPromised() throws IOException {
    JsonNode result =
        asked(
            server()
                .tool("sum", "Adds.", Sum.class, Total.class, (s, _) -> new Total(s.a() + s.b())),
            "tools/call",
            "\"name\":\"sum\",\"arguments\":{\"a\":2,\"b\":3}");
    assertThat(result.at("/result/structuredContent").toString()).isEqualTo("{\"total\":5}");
    assertThat(result.at("/result/content/0/text").stringValue()).isEqualTo("{\"total\":5}");
    assertThat(result.at("/result/isError").booleanValue()).isFalse();
  }

  @Test
  void sendsNoStructuredResultThatBreaksItsPromise() throws IOException {
    JsonNode result =
        asked(
            server()
                .tool("sum", "Adds.", Sum.class, Total.class, (s, _) -> new Total(s.a() + s.b())),
            "tools/call",
            "\"name\":\"sum\",\"arguments\":{\"a\":99,\"b\":3}");
    assertThat(result.at("/result/isError").booleanValue()).isTrue();
    assertThat(result.path("result").has("structuredContent")).isFalse();
  }

  @Test
  void answersBadArgumentsWithAToolExecutionError() throws IOException {
    McpServer server = server().tool("sum", "Adds.", Sum.class, (sum, _) -> "" + sum.a());
    for (String arguments : List.of("{\"a\":1}", "{\"a\":\"1\",\"b\":2}", "{\"a\":1,\"b\":3e9}")) {
      JsonNode result = asked(server, "tools/call", "\"name\":\"sum\",\"arguments\":" + arguments);
      assertThat(result.at("/result/isError").booleanValue()).as(arguments).isTrue();
      assertThat(result.at("/result/content/0/text").stringValue()).startsWith("arguments");
    }
  }

  @Test
  void tellsTheClientNothingOfAnException() throws IOException {
    McpServer server =
        server()
            .tool(
                "crash",
                "Crashes.",
                (_, _) -> {
                  throw new IOException("secret path");
                });
    JsonNode result = asked(server, "tools/call", "\"name\":\"crash\"");
    assertThat(result.at("/result/isError").booleanValue()).isTrue();
    assertThat(result.toString()).doesNotContain("secret").doesNotContain("IOException");
  }

  /** FM-16, FM-38: the sixth caller of a tool that crashed five times hears so at once. */
  @Test
  void leavesAToolAloneThatKeepsCrashing() throws IOException {
    AtomicInteger calls = new AtomicInteger();
    McpServer server =
        server()
            .tool(
                "crash",
                "Crashes.",
                (_, _) -> {
                  calls.incrementAndGet();
                  throw new IOException("no use");
                })
            .tool("well", "Works.", (_, _) -> "well");
    ServerCore core =
        new ServerCore(server, ServerContext.withRequests(REQUESTS), UnaryOperator.identity());
    try (HttpServer http = new HttpServer(core, 0, 0);
        RawConnection connection = new RawConnection(http.endpoint().getPort())) {
      String crash = call("crash");
      for (int i = 0; i < 5; i++) {
        assertThat(connection.send(crash).read().status()).isEqualTo(200);
      }
      core.restraint().breakers().find("tool:crash").orElseThrow().forceOpen();
      RawConnection.Response refused = connection.send(crash).read();
      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.headers()).containsKey("retry-after");
      assertThat(refused.json().at("/error/data/reason").asString()).isEqualTo("breaker");
      assertThat(refused.json().at("/error/data/role").asString()).isEqualTo("tool:crash");
      assertThat(calls).hasValue(5);
      assertThat(core.restraint().breakers().find("tool:crash").orElseThrow().stats().opened())
          .as("by its failures, and kept so by hand: its wait may be over at once")
          .isEqualTo(2);
      assertThat(connection.send(call("well")).read().status()).isEqualTo(200);
    }
  }

  private static String call(String tool) {
    String params = "\"name\":\"" + tool + "\"";
    return Requests.post(
        Requests.modern("1", "tools/call", params), Requests.mirrored("tools/call", params));
  }

  @Test
  void tellsTheClientOfAFailureMadeForIt() throws IOException {
    McpServer server =
        server()
            .tool(
                "full",
                "Is full.",
                (_, _) -> {
                  throw new ToolFailure("delete something first");
                });
    assertThat(asked(server, "tools/call", "\"name\":\"full\"").at("/result/content/0/text"))
        .hasToString("\"delete something first\"");
  }

  @Test
  void readsResourcesThatAreMadeWhenAskedFor() throws IOException {
    McpServer server =
        server()
            .resource("demo://fixed", "fixed", "text/plain", "text")
            .resource("demo://bytes", "bytes", "application/octet-stream", new byte[] {1, 2})
            .template(
                TemplateSpec.at("demo://item/{id}", "item", "text/plain"),
                (variables, _) ->
                    "7".equals(variables.get("id")) ? "seven " + variables.get("id") : null);
    assertThat(read(server, "demo://fixed").at("/result/contents/0/text").stringValue())
        .isEqualTo("text");
    assertThat(read(server, "demo://bytes").at("/result/contents/0/blob").stringValue())
        .isEqualTo("AQI=");
    assertThat(read(server, "demo://item/7").at("/result/contents/0"))
        .hasToString(
            "{\"uri\":\"demo://item/7\",\"mimeType\":\"text/plain\",\"text\":\"seven 7\"}");
    assertThat(read(server, "demo://item/8").at("/error/data/uri").stringValue())
        .isEqualTo("demo://item/8");
    assertThat(asked(server, "resources/list", "").at("/result/resources/1/size").intValue())
        .isEqualTo(2);
    assertThat(
            asked(server, "resources/templates/list", "")
                .at("/result/resourceTemplates/0/uriTemplate")
                .stringValue())
        .isEqualTo("demo://item/{id}");
  }

  @Test
  void completesPromptsTemplatesAndEnums() throws IOException {
    List<String> many = IntStream.range(0, 250).mapToObj(i -> "v" + i).toList();
    McpServer server =
        server()
            .prompt("review", "Reviews.", Review.class, (review, _) -> review.code())
            .prompt(
                PromptSpec.named("pick", "Picks.")
                    .required("from", "")
                    .required("what", "")
                    .complete("from", (typed, resolved) -> List.of(typed + resolved.get("what")))
                    .complete("what", (_, _) -> many),
                (_, _) -> "picked");
    assertThat(values(server, "{\"type\":\"ref/prompt\",\"name\":\"review\"}", "language", "j"))
        .hasToString("{\"values\":[\"JAVA\"],\"total\":1,\"hasMore\":false}");
    assertThat(values(server, "{\"type\":\"ref/prompt\",\"name\":\"pick\"}", "from", "x"))
        .hasToString("{\"values\":[\"xy\"],\"total\":1,\"hasMore\":false}");
    JsonNode first = values(server, "{\"type\":\"ref/prompt\",\"name\":\"pick\"}", "what", "");
    assertThat(first.path("values")).hasSize(100);
    assertThat(first.path("total").intValue()).isEqualTo(many.size());
    assertThat(first.path("hasMore").booleanValue()).isTrue();
  }

  @Test
  void refusesToCompleteWhatIsNotThere() throws IOException {
    McpServer server =
        server().prompt("review", "Reviews.", Review.class, (review, _) -> review.code());
    for (String params :
        List.of(
            "\"ref\":{\"type\":\"ref/prompt\",\"name\":\"no\"},\"argument\":{\"name\":\"a\",\"value\":\"\"}",
            "\"ref\":{\"type\":\"ref/prompt\",\"name\":\"review\"},\"argument\":{\"name\":\"no\",\"value\":\"\"}",
            "\"ref\":{\"type\":\"ref/resource\",\"uri\":\"demo://no\"},\"argument\":{\"name\":\"a\",\"value\":\"\"}",
            "\"ref\":{\"type\":\"ref/no\"},\"argument\":{\"name\":\"a\",\"value\":\"\"}",
            "\"ref\":{\"type\":\"ref/prompt\",\"name\":\"review\"},\"argument\":{\"name\":\"code\"}",
            "\"ref\":{\"type\":\"ref/prompt\",\"name\":\"review\"}")) {
      assertThat(asked(server, "completion/complete", params).at("/error/code").intValue())
          .as(params)
          .isEqualTo(-32602);
    }
  }

  @Test
  void bindsPromptArgumentsToARecord() throws IOException {
    McpServer server =
        server()
            .prompt(
                "review",
                "Reviews.",
                Review.class,
                (review, _) -> review.language().map(Language::name).orElse("?") + review.code());
    assertThat(prompt(server, "{\"code\":\"x\",\"language\":\"GO\"}").at("/result/messages/0"))
        .hasToString("{\"role\":\"user\",\"content\":{\"type\":\"text\",\"text\":\"GOx\"}}");
    assertThat(prompt(server, "{\"code\":\"x\",\"language\":\"C\"}").at("/error/code").intValue())
        .isEqualTo(-32602);
    assertThat(prompt(server, "{}").at("/error/code").intValue()).isEqualTo(-32602);
  }

  @Test
  void announcesWhatIsAddedAndTakenAwayWhileItRuns() throws IOException {
    McpServer server = server();
    List<Change> changes = new ArrayList<>();
    server.offerings().listen(changes::add);
    server.tool("late", "Comes late.", (_, _) -> "here");
    assertThat(asked(server, "tools/call", "\"name\":\"late\"").at("/result/content")).hasSize(1);
    server.removeTool("late").removeTool("never");
    assertThat(asked(server, "tools/call", "\"name\":\"late\"").at("/error/code").intValue())
        .isEqualTo(-32602);
    server.prompt("p", "A prompt.", (_, _) -> "p").removePrompt("p");
    server.resource("demo://r", "r", "text/plain", "r").removeResource("demo://r");
    server.resourceUpdated("demo://r");
    Change tools = new Change.ToolsListChanged();
    Change prompts = new Change.PromptsListChanged();
    Change resources = new Change.ResourcesListChanged();
    assertThat(changes)
        .containsExactly(
            tools,
            tools,
            prompts,
            prompts,
            resources,
            resources,
            new Change.ResourceUpdated("demo://r"));
  }

  record Dated(java.time.Instant at) {}

  static Stream<Arguments> unlawful() {
    return Stream.of(
        refused(s -> s.tool("t", "Again.", (_, _) -> ""), "t is offered twice"),
        refused(s -> s.tool("", "Nameless.", (_, _) -> ""), "tool name \"\" is not 1 to 128"),
        refused(s -> s.tool("a b", "Spaced.", (_, _) -> ""), "tool name \"a b\" is not"),
        refused(s -> s.tool("x".repeat(129), "Long.", (_, _) -> ""), "is not 1 to 128"),
        refused(s -> s.tool("d", "Dated.", Dated.class, (_, _) -> ""), "Dated.at: java.time"),
        refused(
            s ->
                s.tool(
                    ToolSpec.named("raw", "Raw.").arguments(json("{\"type\":\"string\"}")),
                    (_, _) -> ""),
            "tool raw: inputSchema must be an object of type object"),
        refused(
            s ->
                s.tool(
                    ToolSpec.named("raw", "Raw.")
                        .arguments(json("{\"type\":\"object\",\"required\":1}")),
                    (_, _) -> ""),
            "tool raw: inputSchema: not a JSON Schema"),
        refused(
            s -> s.resource("relative", "r", "text/plain", "r"),
            "resource relative has no usable URI: it does not begin with a scheme"),
        refused(
            s -> s.resource("a b:", "r", "text/plain", "r"),
            "resource a b: has no usable URI: it has a character that must be percent-encoded"),
        refused(
            s -> s.template(TemplateSpec.at("t://{#x}", "t", "text/plain"), (_, _) -> ""),
            "template t://{#x} has {#x}"),
        refused(
            s -> s.template(TemplateSpec.at("T://x/%7e/{x}", "t", "text/plain"), (_, _) -> ""),
            "template T://x/%7e/{x} matches nothing: URIs are written as in t://x/~/x"),
        refused(
            s -> s.template(TemplateSpec.at("t://{x}/../../", "t", "text/plain"), (_, _) -> ""),
            "template t://{x}/../../ has no usable URIs: its path leads above its root"),
        refused(s -> s.prompt("p", "P.", Sum.class, (_, _) -> ""), "Sum.a is not a text"),
        refused(
            s ->
                s.prompt(
                    PromptSpec.named("p", "P.").required("a", "").optional("a", ""), (_, _) -> ""),
            "argument a is declared twice"));
  }

  private static Arguments refused(UnaryOperator<McpServer> declaration, String why) {
    return Arguments.of(why, declaration);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unlawful")
  void refusesAnUnlawfulDeclarationWhereItIsMade(String why, UnaryOperator<McpServer> declaration) {
    McpServer server = server().tool("t", "A tool.", (_, _) -> "");
    var before = server.offerings().catalog();
    assertThatThrownBy(() -> declaration.apply(server))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why)
        .message()
        .doesNotContain("\n");
    assertThat(server.offerings().catalog()).isSameAs(before);
  }

  private static McpServer server() {
    return McpServer.named("demo", "1.0");
  }

  private static JsonNode read(McpServer server, String uri) throws IOException {
    return asked(server, "resources/read", "\"uri\":\"" + uri + "\"");
  }

  private static JsonNode prompt(McpServer server, String arguments) throws IOException {
    return asked(server, "prompts/get", "\"name\":\"review\",\"arguments\":" + arguments);
  }

  private static JsonNode values(McpServer server, String ref, String name, String typed)
      throws IOException {
    String params =
        "\"ref\":%s,\"argument\":{\"name\":\"%s\",\"value\":\"%s\"},\"context\":{\"arguments\":{\"what\":\"y\"}}"
            .formatted(ref, name, typed);
    return asked(server, "completion/complete", params).at("/result/completion");
  }

  private static ObjectNode json(String text) {
    return (ObjectNode) JsonLimits.mapper().readTree(text);
  }

  /** One request of the stateless era on a running server. */
  private static JsonNode asked(McpServer server, String method, String params) throws IOException {
    ServerCore core =
        new ServerCore(server, ServerContext.withRequests(REQUESTS), UnaryOperator.identity());
    try (HttpServer http = new HttpServer(core, 0, 0);
        RawConnection connection = new RawConnection(http.endpoint().getPort())) {
      String request =
          Requests.post(Requests.modern("1", method, params), Requests.mirrored(method, params));
      return JsonLimits.mapper().readTree(connection.send(request).read().body());
    }
  }
}
