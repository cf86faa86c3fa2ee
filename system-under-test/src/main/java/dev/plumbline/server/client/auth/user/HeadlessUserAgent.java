package dev.plumbline.server.client.auth.user;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * Follows the redirects of an authorization server that asks nobody: for tests and for the official
 * scenarios. The redirect URI is never opened.
 */
public final class HeadlessUserAgent implements UserAgent {
  private static final URI REDIRECT = URI.create("http://127.0.0.1:33418/callback");
  private static final int MAX_HOPS = 5;
  private static final Duration TIME = Duration.ofSeconds(10);

  private final HttpClient http =
      HttpClient.newBuilder()
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(TIME)
          .build();

  @Override
  public Visit begin() {
    return new Visit() {
      @Override
      public URI redirectUri() {
        return REDIRECT;
      }

      @Override
      public URI open(URI authorizationRequest) throws IOException, InterruptedException {
        return follow(authorizationRequest);
      }

      @Override
      public void close() {}
    };
  }

  private URI follow(URI start) throws IOException, InterruptedException {
    URI at = start;
    for (int hop = 0; hop < MAX_HOPS; hop++) {
      HttpResponse<Void> response =
          http.send(
              HttpRequest.newBuilder(at).timeout(TIME).GET().build(),
              HttpResponse.BodyHandlers.discarding());
      String location =
          response
              .headers()
              .firstValue("Location")
              .orElseThrow(
                  () ->
                      new IOException(
                          "the authorization server answered "
                              + response.statusCode()
                              + " and sent nobody back"));
      at = at.resolve(location);
      if (at.toString().startsWith(REDIRECT.toString())) {
        return at;
      }
    }
    throw new IOException("the authorization server redirects without end");
  }
}
