package dev.plumbline.server.feature.task;

import static org.awaitility.Awaitility.await;

import dev.plumbline.server.HttpServer;
import dev.plumbline.server.ServerContext;
import dev.plumbline.server.ServerCore;
import dev.plumbline.server.feature.ServerCard;
import dev.plumbline.server.fixture.DemoCatalog;
import dev.plumbline.server.support.ControlClient;
import dev.plumbline.server.support.RawConnection;
import dev.plumbline.server.support.RawConnection.Response;
import dev.plumbline.server.support.Requests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/** The server with the fixture's tools, reached over HTTP in both eras. */
final class TaskServer implements AutoCloseable {
  static final String EXTENSION = "\"extensions\":{\"io.modelcontextprotocol/tasks\":{}}";

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final int REQUESTS = 64;

  private final ServerCore core;
  private final HttpServer http;
  private final AtomicInteger ids = new AtomicInteger();

  TaskServer() {
    ServerCard card = new ServerCard("test-server", "Test server", "1.2.3", "For tests.");
    core =
        new ServerCore(
            DemoCatalog.withFixture(card),
            ServerContext.withRequests(REQUESTS),
            UnaryOperator.identity());
    try {
      http = new HttpServer(core, 0, 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks the control port as an operator. */
  ControlClient operator() {
    return new ControlClient(http.control().getPort(), http.controlToken().secret());
  }

  ServerCore core() {
    return core;
  }

  private Response post(String json, String... headers) {
    try (RawConnection connection = new RawConnection(http.endpoint().getPort())) {
      return connection.send(Requests.post(json, headers)).read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The MCP port. */
  int port() {
    return http.endpoint().getPort();
  }

  /** Opens a session; gives its header line. */
  String session(String revision) {
    Response opened = post(Requests.initialize(revision));
    String header = "MCP-Session-Id: " + opened.headers().get("mcp-session-id");
    post(Requests.INITIALIZED, header);
    return header;
  }

  JsonNode initialized(String revision) {
    return post(Requests.initialize(revision)).json().path("result");
  }

  /** Ends a session. */
  void delete(String session) {
    try (RawConnection connection = new RawConnection(http.endpoint().getPort())) {
      connection.send("DELETE /mcp HTTP/1.1\r\nHost: 127.0.0.1\r\n" + session + "\r\n\r\n").read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A request in a session. */
  JsonNode legacy(String session, String method, String params) {
    String id = Integer.toString(ids.incrementAndGet());
    return post(Requests.legacy(id, method, params), session).json();
  }

  /** A modern request of a client with these capabilities. */
  Response modern(String capabilities, String method, String params, String name) {
    String meta =
        "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientCapabilities\":{"
            + capabilities
            + "}}";
    String id = Integer.toString(ids.incrementAndGet());
    String json = Requests.legacy(id, method, params.isEmpty() ? meta : params + "," + meta);
    String version = "MCP-Protocol-Version: 2026-07-28";
    return name.isEmpty()
        ? post(json, version, "Mcp-Method: " + method)
        : post(json, version, "Mcp-Method: " + method, "Mcp-Name: " + name);
  }

  /** A tool call of a client that takes tasks and can be asked. */
  JsonNode call(String tool, String arguments) {
    String params = "\"name\":\"" + tool + "\",\"arguments\":{" + arguments + "}";
    return modern(EXTENSION + ",\"elicitation\":{}", "tools/call", params, tool).json();
  }

  /** A task method of a client that takes tasks. */
  JsonNode task(String method, String id, String more) {
    String params = "\"taskId\":\"" + id + "\"" + more;
    return modern(EXTENSION, method, params, id).json();
  }

  /** Looks at a task until it has a status. */
  JsonNode until(String status, String id) {
    return await()
        .atMost(LONG)
        .until(
            () -> task("tasks/get", id, "").path("result"),
            result -> result.path("status").asString("").equals(status));
  }

  @Override
  public void close() {
    http.close();
  }
}
