package dev.plumbline.server.support;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One response over real HTTP, read event by event as it arrives. */
public final class EventResponse implements AutoCloseable {
  /**
   * One event.
   *
   * @param id its id, or nothing
   * @param retry its advice, or nothing
   * @param data its data
   */
  public record Event(Optional<String> id, Optional<String> retry, String data) {
    /** The message it carries. */
    public JsonNode json() {
      return new JsonMapper().readTree(data);
    }
  }

  private final HttpClient client;
  private final HttpResponse<java.io.InputStream> response;
  private final BufferedReader lines;

  private EventResponse(HttpClient client, HttpRequest request) {
    this.client = client;
    try {
      this.response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    this.lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
  }

  /** Posts a message; returns as soon as the head of the response is here. */
  public static EventResponse post(URI endpoint, String json, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint)
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .POST(HttpRequest.BodyPublishers.ofString(json));
    return new EventResponse(HttpClient.newHttpClient(), with(request, headers));
  }

  /** Listens; returns as soon as the head of the response is here. */
  public static EventResponse get(URI endpoint, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint).header("Accept", "text/event-stream").GET();
    return new EventResponse(HttpClient.newHttpClient(), with(request, headers));
  }

  private static HttpRequest with(HttpRequest.Builder request, String... headers) {
    return headers.length == 0 ? request.build() : request.headers(headers).build();
  }

  /** The status. */
  public int status() {
    return response.statusCode();
  }

  /** A header of the response; empty when it is not there. */
  public String header(String name) {
    return response.headers().firstValue(name).orElse("");
  }

  /** The media type. */
  public String type() {
    return header("Content-Type");
  }

  /** The next event; empty at the end of the stream. */
  public Optional<Event> next() {
    Optional<String> id = Optional.empty();
    Optional<String> retry = Optional.empty();
    StringBuilder data = new StringBuilder();
    boolean any = false;
    try {
      String line = lines.readLine();
      while (line != null) {
        if (line.isEmpty() && any) {
          return Optional.of(new Event(id, retry, data.toString()));
        }
        if (line.startsWith("id: ")) {
          id = Optional.of(line.substring("id: ".length()));
        } else if (line.startsWith("retry: ")) {
          retry = Optional.of(line.substring("retry: ".length()));
        } else if (line.startsWith("data: ")) {
          data.append(line.substring("data: ".length()));
        }
        any |= !line.isEmpty() && !line.startsWith(":");
        line = lines.readLine();
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Every event up to the end. */
  public List<Event> rest() {
    List<Event> events = new ArrayList<>();
    Optional<Event> event = next();
    while (event.isPresent()) {
      events.add(event.get());
      event = next();
    }
    return events;
  }

  /** Closes the connection, whatever is still to come. */
  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}
