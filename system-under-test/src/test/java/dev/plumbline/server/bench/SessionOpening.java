package dev.plumbline.server.bench;

import dev.plumbline.server.support.Requests;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/** Opens sessions at our server and looks at what a call gives there. */
final class SessionOpening implements AutoCloseable {
  private static final String REVISION = "2025-11-25";

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI endpoint;

  SessionOpening(URI endpoint) {
    this.endpoint = endpoint;
  }

  /** A fresh session, ready for calls. */
  String open() throws IOException, InterruptedException {
    HttpResponse<byte[]> opened =
        client.send(
            post(Requests.initialize(REVISION).getBytes(StandardCharsets.UTF_8)).build(),
            BodyHandlers.ofByteArray());
    String session = opened.headers().firstValue("MCP-Session-Id").orElseThrow();
    var _ = send(session, Requests.INITIALIZED.getBytes(StandardCharsets.UTF_8));
    return session;
  }

  /** The bytes of the answer to a call; an exception unless the tool did what was asked. */
  byte[] answer(String session, long id) throws IOException, InterruptedException {
    byte[] answer = send(session, Calls.request(id, Calls.ECHO));
    String text = new String(answer, StandardCharsets.UTF_8);
    if (!text.contains("measured, not claimed") || !text.contains("\"isError\":false")) {
      throw new IOException("the call does not work: " + text);
    }
    return answer;
  }

  private byte[] send(String session, byte[] message) throws IOException, InterruptedException {
    return client
        .send(
            post(message)
                .header("MCP-Session-Id", session)
                .header("MCP-Protocol-Version", REVISION)
                .build(),
            BodyHandlers.ofByteArray())
        .body();
  }

  private HttpRequest.Builder post(byte[] message) {
    return HttpRequest.newBuilder(endpoint)
        .header("Content-Type", "application/json")
        .header("Accept", "application/json, text/event-stream")
        .POST(BodyPublishers.ofByteArray(message));
  }

  @Override
  public void close() {
    client.close();
  }
}
