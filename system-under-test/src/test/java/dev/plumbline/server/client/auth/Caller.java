package dev.plumbline.server.client.auth;

import dev.plumbline.server.client.wire.Authorizer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Sends requests as a wire does: with credentials, and again when a challenge was met. */
final class Caller {
  private static final int MAX_RETRIES = 3;

  private final HttpClient http = HttpClient.newHttpClient();
  private final Authorizer authorizer;
  private final URI endpoint;

  Caller(Authorizer authorizer, URI endpoint) {
    this.authorizer = authorizer;
    this.endpoint = endpoint;
  }

  /** The status that is left in the end. */
  int call() throws IOException, InterruptedException {
    for (int retry = 0; ; retry++) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(endpoint).POST(HttpRequest.BodyPublishers.noBody());
      authorizer.credentials("POST", endpoint).forEach(request::header);
      HttpResponse<String> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      int status = response.statusCode();
      boolean again =
          (status == 401 || status == 403)
              && retry < MAX_RETRIES
              && authorizer.challenged(
                  new Authorizer.Challenge(
                      "POST", endpoint, status, response.headers().map(), response.body()));
      if (!again) {
        return status;
      }
    }
  }
}
