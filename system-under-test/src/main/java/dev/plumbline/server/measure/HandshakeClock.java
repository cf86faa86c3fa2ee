package dev.plumbline.server.measure;

import dev.plumbline.server.HttpServer;
import dev.plumbline.server.ServerContext;
import dev.plumbline.server.ServerCore;
import dev.plumbline.server.control.port.ControlSetup;
import dev.plumbline.server.feature.ServerCard;
import dev.plumbline.server.fixture.DemoCatalog;
import dev.plumbline.server.transport.HttpSetup;
import dev.plumbline.server.transport.Network;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Measures on the real clock how long a server waits for the end of a handshake (C10: 30 s, within
 * 5 %): opens sessions over HTTP, never finishes one of them, and asks each of them again and again
 * until it is gone. Meanwhile and afterwards it is measured how soon what has ended is gone ({@link
 * EndingClock}). Prints a JSON line for each; exit code 1 when a handshake was out of bounds. Takes
 * 31 s.
 */
public final class HandshakeClock {
  private static final int SESSIONS = 20;
  private static final int NOT_FOUND = 404;
  private static final int EXIT_BROKEN = 1;
  private static final long LOOK_MILLIS = 25;
  private static final double TOLERANCE = 0.05;
  private static final Duration AT_MOST = Duration.ofSeconds(60);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final String INITIALIZE =
      """
      {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25",\
      "capabilities":{},"clientInfo":{"name":"clock","version":"1"}}}""";

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI endpoint;

  private HandshakeClock(URI endpoint) {
    this.endpoint = endpoint;
  }

  /** Runs the measurement. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    ServerCard card = new ServerCard("handshake-clock", "Handshake clock", "1", "");
    ServerContext context = ServerContext.standard();
    ServerCore core =
        new ServerCore(DemoCatalog.withFixture(card), context, UnaryOperator.identity());
    long limit = context.config().get().sessions().handshake().toMillis();
    List<Long> ends;
    try (HttpServer server =
        new HttpServer(
            core,
            new Network.Listeners(0, HttpSetup.PLAIN.withWebSocket(true), OptionalInt.of(0)),
            ControlSetup.onLoopback(0))) {
      EndingClock endings = new EndingClock(core);
      endings.beginTasks(server.endpoint().getPort());
      ends = new HandshakeClock(server.endpoint()).ends();
      System.out.println(
          endings.result(server.endpoint().getPort(), server.tcp().orElseThrow().getPort()));
    }
    long shortest = ends.stream().mapToLong(Long::longValue).min().orElse(0);
    long longest = ends.stream().mapToLong(Long::longValue).max().orElse(0);
    boolean met =
        ends.size() == SESSIONS
            && shortest >= limit * (1 - TOLERANCE)
            && longest <= limit * (1 + TOLERANCE);
    System.out.println(
        JsonNodeFactory.instance
            .objectNode()
            .put("measure", "handshake-clock")
            .put("limitMillis", limit)
            .put("tolerance", TOLERANCE)
            .put("sessions", SESSIONS)
            .put("ended", ends.size())
            .put("shortestMillis", shortest)
            .put("longestMillis", longest)
            .put("met", met));
    System.exit(met ? 0 : EXIT_BROKEN);
  }

  /** How long each session lived, in milliseconds, as its client sees it. */
  private List<Long> ends() throws IOException, InterruptedException {
    Map<String, Long> open = new HashMap<>();
    for (int i = 0; i < SESSIONS; i++) {
      HttpResponse<String> answer = post(INITIALIZE, "");
      open.put(answer.headers().firstValue("MCP-Session-Id").orElseThrow(), System.nanoTime());
    }
    List<Long> ends = new ArrayList<>();
    long end = System.nanoTime() + AT_MOST.toNanos();
    for (int id = 1; !open.isEmpty() && System.nanoTime() < end; id++) {
      for (Map.Entry<String, Long> session : List.copyOf(open.entrySet())) {
        String ping = "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"ping\"}";
        if (post(ping, session.getKey()).statusCode() == NOT_FOUND) {
          ends.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - session.getValue()));
          open.remove(session.getKey());
        }
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
    return ends;
  }

  private HttpResponse<String> post(String json, String session)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint)
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .POST(HttpRequest.BodyPublishers.ofString(json));
    if (!session.isEmpty()) {
      request.header("MCP-Session-Id", session);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
