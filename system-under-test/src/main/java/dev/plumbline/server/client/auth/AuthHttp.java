package dev.plumbline.server.client.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.plumbline.server.protocol.JsonLimits;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The few HTTP requests authorization needs: bounded in size and time, and never redirected; a
 * redirect could lead a secret or a trusted document anywhere.
 */
final class AuthHttp {
  /** Largest document or token response in bytes. */
  static final int MAX_BODY_BYTES = 262_144;

  private static final Duration CONNECT_TIME = Duration.ofSeconds(10);

  private final Duration time;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(CONNECT_TIME)
          .build();

  /**
   * @param time most that one exchange may take, its body included
   */
  AuthHttp(Duration time) {
    this.time = time;
  }

  /** An answer, read to its end. */
  record Answer(int status, java.net.http.HttpHeaders headers, String body) {
    /** The body as an object, when it is JSON and one. */
    Optional<JsonNode> object() {
      try {
        JsonNode node = JsonLimits.mapper().readTree(body);
        return node != null && node.isObject() ? Optional.of(node) : Optional.empty();
      } catch (JacksonException e) {
        return Optional.empty();
      }
    }

    /** Hides the body: it may hold a token. */
    @Override
    public String toString() {
      return "Answer[status=" + status + "]";
    }
  }

  /** Fetches a JSON document. */
  Answer get(URI url) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(url).GET().header("Accept", "application/json"));
  }

  /** Sends a form. */
  Answer post(URI url, Map<String, String> form, Map<String, String> headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .POST(HttpRequest.BodyPublishers.ofString(encoded(form)))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Accept", "application/json");
    headers.forEach(request::header);
    return send(request);
  }

  /** Sends a JSON document. */
  Answer post(URI url, JsonNode document) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(url)
            .POST(HttpRequest.BodyPublishers.ofString(document.toString()))
            .header("Content-Type", "application/json")
            .header("Accept", "application/json"));
  }

  /** Parameters as a form or a query carries them. */
  static String encoded(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(e -> encoded(e.getKey()) + "=" + encoded(e.getValue()))
        .collect(Collectors.joining("&"));
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  private Answer send(HttpRequest.Builder builder) throws IOException, InterruptedException {
    HttpRequest request = builder.timeout(time).build();
    long deadline = System.nanoTime() + time.toNanos();
    HttpResponse<InputStream> response =
        http.send(request, HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      // The client's own limit ends with the head; a body that trickles must not hold us.
      long left = deadline - System.nanoTime();
      byte[] bytes = within(left, body, request.uri());
      if (bytes.length > MAX_BODY_BYTES) {
        throw new AuthorizationFailure(
            where(request.uri()) + " answered with more than " + MAX_BODY_BYTES + " bytes.");
      }
      return new Answer(response.statusCode(), response.headers(), new String(bytes, UTF_8));
    }
  }

  private static byte[] within(long nanos, InputStream body, URI from)
      throws IOException, InterruptedException {
    java.util.concurrent.FutureTask<byte[]> reading =
        new java.util.concurrent.FutureTask<>(() -> body.readNBytes(MAX_BODY_BYTES + 1));
    Thread.ofVirtual().name("authorization-body").start(reading);
    return await(reading, nanos, from);
  }

  private static byte[] await(Future<byte[]> reading, long nanos, URI from)
      throws IOException, InterruptedException {
    try {
      return reading.get(Math.max(nanos, 1), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new AuthorizationFailure(where(from) + " did not finish its answer in time.", e);
    } catch (ExecutionException e) {
      throw new IOException(where(from) + " broke off its answer.", e.getCause());
    }
  }

  /** The URL without its query, for messages. */
  private static String where(URI url) {
    return AuthorizationFailure.quoted(SafeUrls.origin(url) + url.getRawPath());
  }
}
