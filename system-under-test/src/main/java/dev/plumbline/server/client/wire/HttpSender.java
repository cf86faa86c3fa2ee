package dev.plumbline.server.client.wire;

import dev.plumbline.server.protocol.JsonLimits;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Sends HTTP requests with the user's fields and what the authorizer adds. Follows no redirect:
 * credentials stay where they were meant for.
 */
final class HttpSender implements AutoCloseable {
  static final String EVENT_STREAM = "text/event-stream";
  private static final int MAX_CHALLENGES = 3;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;

  private final HttpSettings settings;
  private final HttpClient client;
  private final Reach reach;

  HttpSender(HttpSettings settings, Reach reach) {
    this.settings = settings;
    this.reach = reach;
    this.client =
        HttpClient.newBuilder()
            .version(settings.version())
            .connectTimeout(settings.connectTimeout())
            .followRedirects(HttpClient.Redirect.NEVER)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
  }

  /**
   * Sends a request, again after each challenge the authorizer has met; the caller closes the body.
   */
  HttpResponse<InputStream> send(
      String method, URI endpoint, Map<String, String> fields, byte @Nullable [] body)
      throws IOException, InterruptedException {
    for (int challenges = 0; ; challenges++) {
      HttpResponse<InputStream> response = reached(request(method, endpoint, fields, body));
      boolean challenged =
          response.statusCode() == UNAUTHORIZED || response.statusCode() == FORBIDDEN;
      if (!challenged || challenges == MAX_CHALLENGES) {
        return response;
      }
      byte[] answer;
      try (InputStream in = response.body()) {
        answer = Intake.body(in);
      }
      var challenge =
          new Authorizer.Challenge(
              method,
              endpoint,
              response.statusCode(),
              response.headers().map(),
              new String(answer, StandardCharsets.UTF_8));
      if (!settings.authorizer().challenged(challenge)) {
        throw new RefusedException(response.statusCode(), Intake.error(answer));
      }
    }
  }

  /** Any answer is a server that is there; one that cannot be reached is left alone (C8). */
  private HttpResponse<InputStream> reached(HttpRequest request)
      throws IOException, InterruptedException {
    return reach.attempt(
        e -> e instanceof ConnectException || e instanceof HttpConnectTimeoutException,
        () -> client.send(request, BodyHandlers.ofInputStream()));
  }

  private HttpRequest request(
      String method, URI endpoint, Map<String, String> fields, byte @Nullable [] body)
      throws IOException, InterruptedException {
    BodyPublisher publisher =
        body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body);
    HttpRequest.Builder request = HttpRequest.newBuilder(endpoint).method(method, publisher);
    if (body != null) {
      request.setHeader("Content-Type", "application/json");
    }
    settings.headers().forEach(request::setHeader);
    fields.forEach(request::setHeader);
    settings.authorizer().credentials(method, endpoint).forEach(request::setHeader);
    return request.build();
  }

  /** The exception for an answer that is not a success; reads the body. */
  static RefusedException refusal(HttpResponse<InputStream> response) throws IOException {
    try (InputStream in = response.body()) {
      byte[] body = in.readNBytes(JsonLimits.MAX_MESSAGE_BYTES);
      return new RefusedException(response.statusCode(), Intake.error(body));
    }
  }

  static boolean succeeded(HttpResponse<?> response) {
    return response.statusCode() / 100 == 2;
  }

  /** True when the answer's media type is the given one. */
  static boolean is(HttpResponse<?> response, String mediaType) {
    String type = response.headers().firstValue("Content-Type").orElse("");
    int end = type.indexOf(';');
    return (end < 0 ? type : type.substring(0, end)).strip().equalsIgnoreCase(mediaType);
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
