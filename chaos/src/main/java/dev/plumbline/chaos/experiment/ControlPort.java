package dev.plumbline.chaos.experiment;

import dev.plumbline.evidence.model.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** The bundled server's control port: what it holds at the moment. */
final class ControlPort implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(2);

  /** What must return to where it was; an experiment that leaves more behind leaks. */
  static final java.util.List<String> RETURNING =
      java.util.List.of("sessions", "inFlight", "connections");

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(DEADLINE).build();
  private final URI health;

  ControlPort(URI control) {
    health = control.resolve("/health");
  }

  /** The numbers {@code /health} tells that must return to where they were. */
  Map<String, Double> read() throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(health).timeout(DEADLINE).build(),
            HttpResponse.BodyHandlers.ofString());
    JsonNode body = Json.parse(answer.body());
    Map<String, Double> values = new TreeMap<>();
    for (String name : RETURNING) {
      if (body.path(name).isNumber()) {
        values.put(name, body.path(name).doubleValue());
      }
    }
    return values;
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
