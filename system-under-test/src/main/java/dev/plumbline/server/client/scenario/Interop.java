package dev.plumbline.server.client.scenario;

import dev.plumbline.server.client.ClientOptions;
import dev.plumbline.server.client.EraPreference;
import dev.plumbline.server.client.McpClient;
import dev.plumbline.server.era.Revisions;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Uses every feature of a server that offers the fixture, in both eras, and prints one JSON line
 * for each: what {@code .ci/interop} runs against servers made with SDKs of others.
 */
public final class Interop {
  private static final String HANDSHAKE = "2025-11-25";
  private static final int DEADLINE_SECONDS = 15;

  private Interop() {}

  /** Plays both eras; the outcomes are in what is printed, so the exit code is 0. */
  public static int run(URI server) throws InterruptedException {
    era(server, EraPreference.HANDSHAKE, HANDSHAKE);
    era(server, EraPreference.STATELESS, Revisions.STATELESS);
    return 0;
  }

  private static void era(URI server, EraPreference era, String revision)
      throws InterruptedException {
    InteropPeer peer = new InteropPeer();
    ClientOptions options =
        ClientOptions.named("plumbline-client", "1.0.0")
            .withEra(era)
            .withTimeouts(ClientOptions.Timeouts.of(Duration.ofSeconds(DEADLINE_SECONDS)))
            .withHandlers(peer.handlers())
            .withAuthorizer(peer);
    try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
        McpClient client = Clients.client(server, options)) {
      String failure =
          outcome(workers, () -> client.connect().revision()).failure("no connection: ");
      InteropFeatures features = new InteropFeatures(client, peer, revision);
      for (Map.Entry<String, Callable<String>> feature : features.all().entrySet()) {
        Outcome outcome =
            failure.isEmpty() ? outcome(workers, feature.getValue()) : new Outcome("fail", failure);
        print(feature.getKey(), revision, outcome);
      }
    }
  }

  private record Outcome(String name, String detail) {
    String failure(String before) {
      return name.equals("pass") ? "" : before + detail;
    }
  }

  private static Outcome outcome(ExecutorService workers, Callable<String> feature)
      throws InterruptedException {
    Future<String> running = workers.submit(feature);
    try {
      return new Outcome("pass", running.get(DEADLINE_SECONDS, TimeUnit.SECONDS));
    } catch (TimeoutException e) {
      running.cancel(true);
      return new Outcome("fail", "nothing within " + DEADLINE_SECONDS + " s");
    } catch (ExecutionException e) {
      return new Outcome("fail", String.valueOf(e.getCause()));
    }
  }

  private static void print(String feature, String revision, Outcome outcome) {
    System.out.println(
        JsonNodeFactory.instance
            .objectNode()
            .put("feature", feature)
            .put("era", revision)
            .put("outcome", outcome.name())
            .put("detail", outcome.detail()));
    System.out.flush();
  }
}
