import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.SyncCompletionSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncPromptSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncResourceSpecification;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.catalina.startup.Tomcat;

/**
 * A server of the Java SDK with the fixture: {@code java -cp 'lib/*' Server.java PORT}, on
 * 127.0.0.1 at {@code /mcp}.
 *
 * <p>Version 2.1.0 has no cancellation and no way to end a response stream early: {@code slow_wait}
 * waits to its end and {@code test_reconnection} answers at once. It speaks the handshake era only.
 */
final class Server {
  private static final String WATCHED = "test://watched-resource";

  private final McpServer.SyncSpecification<?> specification;
  private McpSyncServer server;

  private Server(McpServer.SyncSpecification<?> specification) {
    this.specification = specification;
  }

  public static void main(String[] args) throws Exception {
    HttpServletStreamableServerTransportProvider transport =
        new HttpServletStreamableServerTransportProvider.Builder().mcpEndpoint("/mcp").build();
    new Server(McpServer.sync(transport)).build();
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(Files.createTempDirectory("interop-java").toString());
    tomcat.setPort(Integer.parseInt(args[0]));
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    var context = tomcat.addContext("", null);
    Tomcat.addServlet(context, "mcp", transport).setAsyncSupported(true);
    context.addServletMappingDecoded("/*", "mcp");
    tomcat.start();
    tomcat.getServer().await();
  }

  private void build() {
    specification
        .serverInfo("interop-java", "1.0.0")
        .capabilities(
            McpSchema.ServerCapabilities.builder()
                .tools(true)
                .resources(true, true)
                .prompts(true)
                .completions()
                .logging()
                .build());
    addTools();
    addQuestions();
    resource("test://static-text", "This is the content of the static text resource.");
    resource(WATCHED, "Watched resource content.");
    addPrompts();
    server = specification.build();
  }

  private void tool(
      String name,
      Map<String, Object> properties,
      BiFunction<McpSyncServerExchange, CallToolRequest, String> answer) {
    Map<String, Object> schema =
        Map.of(
            "type",
            "object",
            "properties",
            properties,
            "required",
            List.copyOf(properties.keySet()));
    specification.toolCall(
        McpSchema.Tool.builder(name, schema).description("The fixture " + name + ".").build(),
        (exchange, request) ->
            new CallToolResult.Builder()
                .addTextContent(answer.apply(exchange, request))
                .isError(false)
                .build());
  }

  private void addTools() {
    tool(
        "test_simple_text",
        Map.of(),
        (exchange, request) -> "This is a simple text response for testing.");
    tool("test_tool_with_progress", Map.of(), Server::progress);
    tool(
        "test_tool_with_logging",
        Map.of(),
        (exchange, request) -> {
          for (String data :
              List.of("Tool execution started", "Tool processing data", "Tool execution completed"))
            exchange.loggingNotification(
                new McpSchema.LoggingMessageNotification(
                    McpSchema.LoggingLevel.INFO, "fixture", data));
          return "Messages logged.";
        });
    tool(
        "test_reconnection",
        Map.of(),
        (exchange, request) -> "Delivered on the stream of the request.");
    tool(
        "slow_wait",
        Map.of("millis", Map.of("type", "integer")),
        (exchange, request) -> slowWait(request));
    tool(
        "touch_watched",
        Map.of(),
        (exchange, request) -> {
          server.notifyResourcesUpdated(new McpSchema.ResourcesUpdatedNotification(WATCHED));
          return "Touched.";
        });
  }

  private static String progress(McpSyncServerExchange exchange, CallToolRequest request) {
    Object token = request.meta() == null ? null : request.meta().get("progressToken");
    if (token == null) return "Nobody asked for progress.";
    for (double progress : new double[] {0, 50, 100})
      exchange.progressNotification(
          new McpSchema.ProgressNotification(token, progress, 100.0, null));
    return "Progress reported.";
  }

  private static String slowWait(CallToolRequest request) {
    long millis = ((Number) request.arguments().get("millis")).longValue();
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    return "waited " + millis;
  }

  private void addQuestions() {
    Map<String, Object> word = Map.of("type", "string");
    tool(
        "test_sampling",
        Map.of("prompt", word),
        (exchange, request) ->
            "LLM response: " + sample(exchange, request.arguments().get("prompt").toString()));
    tool(
        "test_elicitation",
        Map.of("message", word),
        (exchange, request) ->
            "User response: "
                + new TreeMap<>(
                    exchange
                        .createElicitation(
                            McpSchema.ElicitRequest.builder(
                                    request.arguments().get("message").toString(),
                                    Map.of(
                                        "type",
                                        "object",
                                        "properties",
                                        Map.of("username", word, "email", word),
                                        "required",
                                        List.of("username", "email")))
                                .build())
                        .content()));
    tool(
        "test_input_required_result_list_roots",
        Map.of(),
        (exchange, request) ->
            exchange.listRoots().roots().stream()
                .map(McpSchema.Root::uri)
                .collect(Collectors.joining(", ")));
  }

  private static String sample(McpSyncServerExchange exchange, String prompt) {
    var message =
        new McpSchema.SamplingMessage(McpSchema.Role.USER, new McpSchema.TextContent(prompt));
    var request =
        new McpSchema.CreateMessageRequest.Builder()
            .messages(List.of(message))
            .maxTokens(100)
            .build();
    return ((McpSchema.TextContent) exchange.createMessage(request).content()).text();
  }

  private void resource(String uri, String text) {
    specification.resources(
        new SyncResourceSpecification(
            new McpSchema.Resource.Builder()
                .uri(uri)
                .name(uri.substring("test://".length()))
                .mimeType("text/plain")
                .build(),
            (exchange, request) ->
                new McpSchema.ReadResourceResult(
                    List.of(
                        new McpSchema.TextResourceContents(request.uri(), "text/plain", text)))));
  }

  private void prompt(
      String name,
      List<String> arguments,
      BiFunction<McpSyncServerExchange, McpSchema.GetPromptRequest, String> text) {
    List<McpSchema.PromptArgument> declared = new ArrayList<>();
    for (String argument : arguments)
      declared.add(new McpSchema.PromptArgument(argument, argument, true));
    specification.prompts(
        new SyncPromptSpecification(
            new McpSchema.Prompt(name, "The fixture " + name + ".", declared),
            (exchange, request) ->
                new McpSchema.GetPromptResult(
                    "",
                    List.of(
                        new McpSchema.PromptMessage(
                            McpSchema.Role.USER,
                            new McpSchema.TextContent(text.apply(exchange, request)))))));
  }

  private void addPrompts() {
    prompt(
        "test_simple_prompt",
        List.of(),
        (exchange, request) -> "This is a simple prompt for testing.");
    prompt(
        "test_prompt_with_arguments",
        List.of("arg1", "arg2"),
        (exchange, request) ->
            "Prompt with arguments: arg1='%s', arg2='%s'"
                .formatted(request.arguments().get("arg1"), request.arguments().get("arg2")));
    specification.completions(
        new SyncCompletionSpecification(
            new McpSchema.PromptReference("test_prompt_with_arguments"),
            (exchange, request) -> {
              List<String> values =
                  Stream.of("testValue1", "testValue2", "other")
                      .filter(value -> value.startsWith(request.argument().value()))
                      .toList();
              return new McpSchema.CompleteResult(
                  new McpSchema.CompleteResult.CompleteCompletion(values, values.size(), false));
            }));
  }
}
