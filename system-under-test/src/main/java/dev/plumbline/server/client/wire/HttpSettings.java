package dev.plumbline.server.client.wire;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;

/**
 * What all HTTP-based wires share.
 *
 * @param headers fields for every request, as the user gave them
 * @param authorizer where credentials come from
 * @param connectTimeout longest wait for a connection
 * @param version the HTTP version to try first; over plain http, HTTP/2 begins with an upgrade that
 *     not every server bears
 */
public record HttpSettings(
    Map<String, String> headers,
    Authorizer authorizer,
    Duration connectTimeout,
    HttpClient.Version version) {
  /** Copies the fields. */
  public HttpSettings {
    headers = Map.copyOf(headers);
  }
}
