import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpSchema;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A client of the Java SDK against the fixture: {@code java -cp 'lib/*' Client.java URL}. One JSON
 * line per feature.
 *
 * <p>Version 2.1.0 speaks the handshake era only.
 */
final class Client {
  private static final String ERA = "2025-11-25";
  private static final Duration DEADLINE = Duration.ofSeconds(15);
  private static final String WATCHED = "test://watched-resource";
  private static final List<String> TOOLS =
      List.of(
          "test_simple_text",
          "test_tool_with_progress",
          "test_tool_with_logging",
          "test_sampling",
          "test_elicitation",
          "slow_wait");

  private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
  private final BlockingQueue<McpSchema.ProgressNotification> progress =
      new LinkedBlockingQueue<>();
  private final BlockingQueue<McpSchema.LoggingMessageNotification> logs =
      new LinkedBlockingQueue<>();
  private final BlockingQueue<String> updated = new LinkedBlockingQueue<>();
  private final McpSyncClient client;

  private interface Feature {
    String run() throws Exception;
  }

  private Client(URI url) {
    HttpClientStreamableHttpTransport transport =
        HttpClientStreamableHttpTransport.builder(url.resolve("/").toString())
            .endpoint(url.getPath())
            .build();
    client =
        McpClient.sync(transport)
            .clientInfo(McpSchema.Implementation.builder("interop-java", "1.0.0").build())
            .requestTimeout(DEADLINE)
            .initializationTimeout(DEADLINE)
            .capabilities(
                McpSchema.ClientCapabilities.builder().roots(true).sampling().elicitation().build())
            .roots(new McpSchema.Root("file:///test/root", "Test Root"))
            .sampling(this::sampled)
            .elicitation(this::elicited)
            .progressConsumer(progress::add)
            .loggingConsumer(logs::add)
            .resourcesUpdateConsumer(
                contents -> contents.forEach(content -> updated.add(content.uri())))
            .build();
  }

  private McpSchema.CreateMessageResult sampled(McpSchema.CreateMessageRequest request) {
    asked.add(((McpSchema.TextContent) request.messages().getFirst().content()).text());
    return McpSchema.CreateMessageResult.builder(McpSchema.Role.ASSISTANT, "Paris", "test-model")
        .build();
  }

  private McpSchema.ElicitResult elicited(McpSchema.ElicitFormRequest request) {
    asked.add(request.message());
    boolean user = request.requestedSchema().toString().contains("username");
    return new McpSchema.ElicitResult(
        McpSchema.ElicitResult.Action.ACCEPT,
        user
            ? Map.of("username", "testuser", "email", "test@example.com")
            : Map.of("name", "Alice"));
  }

  private Map<String, Feature> features() {
    Map<String, Feature> features = new LinkedHashMap<>();
    features.put("initialize", this::initialize);
    features.put("list-tools", this::listTools);
    features.put(
        "call",
        () ->
            equal(
                call("test_simple_text", Map.of()), "This is a simple text response for testing."));
    features.put("call-progress", this::callProgress);
    features.put("list-resources", this::listResources);
    features.put("read", this::read);
    features.put("list-prompts", this::listPrompts);
    features.put("prompt", this::prompt);
    features.put("complete", this::complete);
    features.put("elicit", this::elicit);
    features.put("sample", this::sample);
    features.put(
        "roots",
        () ->
            containing(
                call("test_input_required_result_list_roots", Map.of()), "file:///test/root"));
    features.put("log", this::log);
    features.put("subscribe", this::subscribe);
    return features;
  }

  private String initialize() {
    equal(client.getCurrentInitializationResult().protocolVersion(), ERA);
    var offered = client.getServerCapabilities();
    boolean complete =
        offered.tools() != null
            && offered.prompts() != null
            && offered.completions() != null
            && offered.logging() != null
            && offered.resources() != null
            && Boolean.TRUE.equals(offered.resources().subscribe());
    check(complete, "a capability of the fixture is missing: " + offered);
    return client.getServerInfo().name();
  }

  private String listTools() {
    List<String> names = new ArrayList<>();
    for (McpSchema.Tool tool : client.listTools().tools()) {
      names.add(tool.name());
      if (tool.name().equals("slow_wait"))
        check(
            tool.inputSchema().toString().contains("type=integer"), tool.inputSchema().toString());
    }
    for (String name : TOOLS) check(names.contains(name), name + " is not listed");
    return names.size() + " tools";
  }

  private String callProgress() throws InterruptedException {
    client.callTool(
        McpSchema.CallToolRequest.builder("test_tool_with_progress")
            .progressToken("token-7")
            .build());
    // This SDK hands every notification to another thread: they may overtake each other on the way
    // to a consumer.
    Set<Double> told = new TreeSet<>();
    for (int i = 0; i < 3; i++) {
      McpSchema.ProgressNotification next = next(progress);
      equal(next.progressToken().toString(), "token-7");
      equal(String.valueOf(next.total()), "100.0");
      told.add(next.progress());
    }
    return equal(told.toString(), "[0.0, 50.0, 100.0]");
  }

  private String listResources() {
    List<String> uris =
        client.listResources().resources().stream().map(McpSchema.Resource::uri).toList();
    check(uris.containsAll(List.of("test://static-text", WATCHED)), "missing from " + uris);
    return uris.size() + " resources";
  }

  private String read() {
    var contents =
        client
            .readResource(McpSchema.ReadResourceRequest.builder("test://static-text").build())
            .contents();
    equal(contents.getFirst().uri(), "test://static-text");
    return equal(
        ((McpSchema.TextResourceContents) contents.getFirst()).text(),
        "This is the content of the static text resource.");
  }

  private String listPrompts() {
    String arguments =
        client.listPrompts().prompts().stream()
            .filter(prompt -> prompt.name().equals("test_prompt_with_arguments"))
            .flatMap(prompt -> prompt.arguments().stream())
            .map(McpSchema.PromptArgument::name)
            .collect(Collectors.joining(","));
    return equal(arguments, "arg1,arg2");
  }

  private String said(String name, Map<String, Object> arguments) {
    var result =
        client.getPrompt(McpSchema.GetPromptRequest.builder(name).arguments(arguments).build());
    return ((McpSchema.TextContent) result.messages().getFirst().content()).text();
  }

  private String prompt() {
    equal(said("test_simple_prompt", Map.of()), "This is a simple prompt for testing.");
    return equal(
        said("test_prompt_with_arguments", Map.of("arg1", "one", "arg2", "two")),
        "Prompt with arguments: arg1='one', arg2='two'");
  }

  private String complete() {
    var request =
        McpSchema.CompleteRequest.builder(
                new McpSchema.PromptReference("test_prompt_with_arguments"),
                new McpSchema.CompleteRequest.CompleteArgument("arg1", "test"))
            .build();
    List<String> values = client.completeCompletion(request).completion().values();
    check(
        !values.isEmpty() && values.stream().allMatch(value -> value.startsWith("test")),
        values.toString());
    return String.join(", ", values);
  }

  private String elicit() throws InterruptedException {
    String said = call("test_elicitation", Map.of("message", "Who are you?"));
    equal(next(asked), "Who are you?");
    return containing(containing(said, "testuser"), "test@example.com");
  }

  private String sample() throws InterruptedException {
    String said = call("test_sampling", Map.of("prompt", "Capital of France?"));
    equal(next(asked), "Capital of France?");
    return equal(said, "LLM response: Paris");
  }

  private String log() throws InterruptedException {
    client.setLoggingLevel(McpSchema.LoggingLevel.DEBUG);
    call("test_tool_with_logging", Map.of());
    for (String data :
        List.of("Tool execution started", "Tool processing data", "Tool execution completed")) {
      McpSchema.LoggingMessageNotification message = next(logs);
      equal(message.level().toString(), "INFO");
      equal(message.data(), data);
    }
    return "3 messages";
  }

  private String subscribe() throws InterruptedException {
    client.subscribeResource(McpSchema.SubscribeRequest.builder(WATCHED).build());
    call("touch_watched", Map.of());
    return equal(next(updated), WATCHED);
  }

  private String call(String name, Map<String, Object> arguments) {
    var result =
        client.callTool(McpSchema.CallToolRequest.builder(name).arguments(arguments).build());
    String said =
        result.content().stream()
            .map(content -> ((McpSchema.TextContent) content).text())
            .collect(Collectors.joining());
    check(!Boolean.TRUE.equals(result.isError()), "isError: " + said);
    return said;
  }

  private static <T> T next(BlockingQueue<T> inbox) throws InterruptedException {
    T value = inbox.poll(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
    check(value != null, "nothing arrived");
    return value;
  }

  private static void check(boolean holds, String otherwise) {
    if (!holds) throw new IllegalStateException(otherwise);
  }

  private static String equal(String actual, String expected) {
    check(actual.equals(expected), "expected " + expected + ", got " + actual);
    return actual;
  }

  private static String containing(String text, String part) {
    check(text.contains(part), text);
    return text;
  }

  private static void line(String feature, String outcome, String detail) throws Exception {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("feature", feature);
    line.put("era", ERA);
    line.put("outcome", outcome);
    line.put("detail", detail);
    System.out.println(McpJsonDefaults.getMapper().writeValueAsString(line));
  }

  public static void main(String[] args) throws Exception {
    Client connection = new Client(URI.create(args[0]));
    String failure = null;
    try {
      connection.client.initialize();
    } catch (RuntimeException e) {
      failure = "no connection: " + e;
    }
    for (Map.Entry<String, Feature> feature : connection.features().entrySet()) {
      try {
        check(failure == null, failure);
        line(feature.getKey(), "pass", feature.getValue().run());
      } catch (Exception e) {
        line(feature.getKey(), "fail", String.valueOf(e.getMessage()));
      }
    }
    line(
        "cancel", "not-supported", "Java SDK 2.1.0 has no call that sends notifications/cancelled");
    line(
        "resume",
        "not-supported",
        "Java SDK 2.1.0 forgets the id of an event without data, and a stream that ended");
    System.exit(0);
  }
}
