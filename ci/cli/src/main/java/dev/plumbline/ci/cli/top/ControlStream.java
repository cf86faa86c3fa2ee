package dev.plumbline.ci.cli.top;

import dev.plumbline.ci.cli.config.UsageException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The events of a control port. */
public final class ControlStream implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration SHORTEST_SILENCE = Duration.ofSeconds(5);
  private static final int MAX_EVENT_CHARS = 4_194_304;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int OK = 200;
  private static final JsonMapper JSON = new JsonMapper();

  /** Hears events. */
  public interface Listener {
    /**
     * Everything as it is now.
     *
     * @return false to hear no more
     */
    boolean snapshot(JsonNode snapshot);

    /** Something happened, or had happened before we came. */
    void notice(JsonNode notice);
  }

  private final URI control;
  private final String token;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(CONNECT).version(HttpClient.Version.HTTP_1_1).build();
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("silence").factory());

  /**
   * Does not connect yet.
   *
   * @param control the URL of the control port
   * @param token what it asks for
   */
  public ControlStream(URI control, String token) {
    this.control = control;
    this.token = token;
  }

  /**
   * Connects and listens until the listener has heard enough.
   *
   * @param every how often the server tells how it is
   * @throws UsageException when nobody answers there, or not like a control port, or not to us
   * @throws IOException when the connection was lost
   */
  public void follow(Duration every, Listener listener)
      throws UsageException, IOException, InterruptedException {
    HttpResponse<InputStream> answer = ask(every);
    try (InputStream body = answer.body()) {
      switch (answer.statusCode()) {
        case OK -> hear(body, silence(every), listener);
        case UNAUTHORIZED, FORBIDDEN ->
            throw new UsageException(
                "the control port does not accept this token; the server printed the file that"
                    + " holds it: control-token FILE");
        default ->
            throw new UsageException(
                control + " is no control port of Plumbline: it answers " + answer.statusCode());
      }
    }
  }

  private HttpResponse<InputStream> ask(Duration every)
      throws UsageException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(control.resolve("/events?every=" + every.toMillis() + "ms"))
            .header("Authorization", "Bearer " + token)
            .timeout(CONNECT)
            .build();
    try {
      return client.send(request, BodyHandlers.ofInputStream());
    } catch (ConnectException e) {
      throw new UsageException(
          "nobody listens at " + control + "; start plumbline serve, or name it with --control", e);
    } catch (HttpTimeoutException e) {
      throw new UsageException(control + " does not answer", e);
    } catch (IOException e) {
      throw new UsageException(control + " does not speak HTTP", e);
    }
  }

  private static Duration silence(Duration every) {
    Duration several = every.multipliedBy(3);
    return several.compareTo(SHORTEST_SILENCE) > 0 ? several : SHORTEST_SILENCE;
  }

  /** HTML, server-sent events: lines until an empty one are an event. */
  private void hear(InputStream body, Duration silence, Listener listener) throws IOException {
    BufferedReader reader = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    String name = "";
    StringBuilder data = new StringBuilder();
    while (true) {
      String line = line(reader, body, silence);
      if (line.startsWith("event:")) {
        name = line.substring("event:".length()).strip();
      } else if (line.startsWith("data:")) {
        data.append(line.substring("data:".length()).strip());
        if (data.length() > MAX_EVENT_CHARS) {
          throw new IOException("the server says too much at once");
        }
      } else if (line.isEmpty()) {
        if (!data.isEmpty() && !tell(name, data.toString(), listener)) {
          return;
        }
        name = "";
        data.setLength(0);
      }
    }
  }

  private String line(BufferedReader reader, InputStream body, Duration silence)
      throws IOException {
    ScheduledFuture<?> alarm =
        watch.schedule(() -> close(body), silence.toMillis(), TimeUnit.MILLISECONDS);
    try {
      String line = reader.readLine();
      if (line == null) {
        throw new IOException("the server has gone");
      }
      return line;
    } finally {
      alarm.cancel(false);
    }
  }

  private static void close(InputStream body) {
    try {
      body.close();
    } catch (IOException e) {
      // Whoever reads from it finds out.
    }
  }

  private static boolean tell(String name, String data, Listener listener) throws IOException {
    JsonNode json;
    try {
      json = JSON.readTree(data);
    } catch (JacksonException e) {
      throw new IOException("the server says what is no JSON", e);
    }
    return switch (name) {
      case "snapshot" -> listener.snapshot(json);
      case "notice" -> {
        listener.notice(json);
        yield true;
      }
      default -> true;
    };
  }

  @Override
  public void close() {
    watch.shutdownNow();
    client.shutdownNow();
  }
}
