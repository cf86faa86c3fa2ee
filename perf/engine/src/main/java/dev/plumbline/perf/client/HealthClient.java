package dev.plumbline.perf.client;

import dev.plumbline.evidence.model.Json;
import dev.plumbline.perf.load.Answer;
import dev.plumbline.perf.load.LoadClient;
import dev.plumbline.perf.load.Outcome;
import dev.plumbline.perf.load.Ticker;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;

/** Asks a control port for its health over a connection of its own. */
public final class HealthClient implements LoadClient {
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .proxy(HttpClient.Builder.NO_PROXY)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  private final HttpRequest request;
  private final Ticker ticker;

  /**
   * @param control the control port, {@code http://127.0.0.1:8932}
   * @param deadline how long to wait for each answer
   */
  public HealthClient(URI control, Duration deadline, Ticker ticker) {
    this.request = HttpRequest.newBuilder(uri(control)).timeout(deadline).GET().build();
    this.ticker = ticker;
  }

  /** Where health is asked. */
  public static URI uri(URI control) {
    return control.resolve("/health");
  }

  @Override
  public Answer call(int index) throws InterruptedException {
    try {
      HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
      long end = ticker.nanos();
      Outcome outcome =
          response.statusCode() != 200
              ? Outcome.HTTP_ERROR
              : isHealth(response.body()) ? Outcome.OK : Outcome.MALFORMED;
      String detail = outcome.isOk() ? "" : response.statusCode() + " " + response.body();
      return new Answer(outcome, end, detail);
    } catch (HttpTimeoutException e) {
      return failed(Outcome.TIMED_OUT, e);
    } catch (ConnectException e) {
      return failed(Outcome.CONNECT_FAILED, e);
    } catch (IOException e) {
      return failed(Outcome.CLOSED, e);
    }
  }

  private Answer failed(Outcome outcome, IOException e) {
    return new Answer(outcome, ticker.nanos(), String.valueOf(e.getMessage()));
  }

  private static boolean isHealth(String body) {
    try {
      return Json.parse(body).isObject();
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
