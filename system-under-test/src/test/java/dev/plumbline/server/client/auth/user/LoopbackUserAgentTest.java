package dev.plumbline.server.client.auth.user;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class LoopbackUserAgentTest {
  private static final URI REQUEST = URI.create("https://auth.example/authorize?state=s3cret");

  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(shown, true, UTF_8);

  private static int visit(String url) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
        .statusCode();
  }

  @Test
  void waitsForTheAnswerToItsOwnRequest() throws Exception {
    LoopbackUserAgent agent = new LoopbackUserAgent(out, Duration.ofSeconds(30));
    try (UserAgent.Visit visit = agent.begin();
        ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<URI> answer = thread.submit(() -> visit.open(REQUEST));
      Awaitility.await().until(() -> shown.toString(UTF_8).contains(REQUEST.toString()));
      String here = visit.redirectUri().toString();
      assertThat(visit(here + "?code=forged&state=guessed")).isEqualTo(404);
      assertThat(visit(here + "?code=forged")).isEqualTo(404);
      assertThat(visit(here + "/elsewhere?code=forged&state=s3cret")).isEqualTo(404);
      assertThat(answer).isNotDone();
      assertThat(visit(here + "?code=c&state=s3cret")).isEqualTo(200);
      assertThat(answer.get()).isEqualTo(URI.create(here + "?code=c&state=s3cret"));
    }
  }

  @Test
  void keepsItsRedirectUriForTheNextVisit() throws Exception {
    LoopbackUserAgent agent = new LoopbackUserAgent(out, Duration.ofSeconds(30));
    URI first;
    try (UserAgent.Visit visit = agent.begin()) {
      first = visit.redirectUri();
    }
    try (UserAgent.Visit visit = agent.begin()) {
      assertThat(visit.redirectUri()).isEqualTo(first);
    }
  }

  @Test
  void givesUpWhenNobodyComesBack() throws Exception {
    LoopbackUserAgent agent = new LoopbackUserAgent(out, Duration.ofMillis(50));
    try (UserAgent.Visit visit = agent.begin()) {
      assertThatThrownBy(() -> visit.open(REQUEST)).hasMessageContaining("nobody came back");
    }
  }
}
