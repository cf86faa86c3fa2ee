import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.SyncPromptSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncResourceSpecification;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.apache.catalina.startup.Tomcat;

/**
 * A small server made with the official Java SDK, as its documentation shows it.
 *
 * <p>{@code java -cp 'target/lib/*' Server.java} speaks stdio; with a port as argument it speaks
 * Streamable HTTP on 127.0.0.1 at {@code /mcp}.
 */
final class Server {
  private Server() {}

  public static void main(String[] args) throws Exception {
    if (args.length == 0) {
      describe(McpServer.sync(new StdioServerTransportProvider(McpJsonDefaults.getMapper())));
      return;
    }
    HttpServletStreamableServerTransportProvider transport =
        new HttpServletStreamableServerTransportProvider.Builder().mcpEndpoint("/mcp").build();
    describe(McpServer.sync(transport));
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(Files.createTempDirectory("java-sdk-server").toString());
    tomcat.setPort(Integer.parseInt(args[0]));
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    var context = tomcat.addContext("", null);
    var servlet = Tomcat.addServlet(context, "mcp", transport);
    servlet.setAsyncSupported(true);
    context.addServletMappingDecoded("/*", "mcp");
    tomcat.start();
    tomcat.getServer().await();
  }

  private static void describe(McpServer.SyncSpecification<?> server) {
    server
        .serverInfo("java-sdk-sample", "1.0.0")
        .capabilities(
            McpSchema.ServerCapabilities.builder()
                .tools(false)
                .resources(false, false)
                .prompts(false)
                .build())
        .toolCall(
            McpSchema.Tool.builder(
                    "echo",
                    Map.of(
                        "type",
                        "object",
                        "properties",
                        Map.of("text", Map.of("type", "string")),
                        "required",
                        List.of("text")))
                .description("Answers with the text it was given.")
                .annotations(McpSchema.ToolAnnotations.builder().readOnlyHint(true).build())
                .build(),
            (exchange, request) ->
                new McpSchema.CallToolResult.Builder()
                    .addTextContent(String.valueOf(request.arguments().get("text")))
                    .isError(false)
                    .build())
        .resources(
            new SyncResourceSpecification(
                new McpSchema.Resource.Builder()
                    .uri("sample://greeting")
                    .name("greeting")
                    .mimeType("text/plain")
                    .build(),
                (exchange, request) ->
                    new McpSchema.ReadResourceResult(
                        List.of(
                            new McpSchema.TextResourceContents(
                                request.uri(), "text/plain", "Hello")))))
        .prompts(
            new SyncPromptSpecification(
                new McpSchema.Prompt("greet", "Greets.", List.of()),
                (exchange, request) ->
                    new McpSchema.GetPromptResult(
                        "Greets.",
                        List.of(
                            new McpSchema.PromptMessage(
                                McpSchema.Role.USER, new McpSchema.TextContent("Hello"))))))
        .build();
  }
}
