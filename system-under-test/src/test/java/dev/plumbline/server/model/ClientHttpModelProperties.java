package dev.plumbline.server.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.plumbline.conformance.model.Choices;
import dev.plumbline.conformance.model.Shrinker;
import dev.plumbline.conformance.model.Walk;
import dev.plumbline.conformance.model.Walker;
import dev.plumbline.conformance.model.client.ClientModel;
import dev.plumbline.conformance.model.client.ClientSessionModel;
import dev.plumbline.conformance.model.client.ClientStreamModel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * What a client does with sessions and broken streams, which there are over HTTP only. A stream is
 * not taken up at once, so walks wait most of the time, and many are made beside each other.
 */
class ClientHttpModelProperties {
  private static final int WALKS = 10_000;
  private static final int BESIDE = 256;
  private static final int STEPS = 10;
  private static final int CHOICES = 24;
  private static final LoopbackClients SERVER = new LoopbackClients();

  /** The kinds of commands in walks, so that none is never tried. */
  private static final Set<String> DONE = new HashSet<>();

  @AfterContainer
  static void stop() {
    SERVER.close();
    assertThat(DONE)
        .contains("open", "open-older", "open-without-session", "gone", "answer")
        .contains("event", "nameless-event", "break", "event-and-break");
  }

  /** Any numbers are a walk; here are those that are made together. */
  @Provide
  Arbitrary<List<List<Integer>>> choices() {
    return Arbitraries.integers()
        .between(0, CHOICES)
        .list()
        .ofMinSize(1)
        .ofMaxSize(STEPS)
        .list()
        .ofSize(BESIDE);
  }

  private static <N> void hold(ClientModel<N> model, List<List<Integer>> walks)
      throws InterruptedException, ExecutionException {
    List<Future<Walk>> made = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      walks.forEach(choices -> made.add(threads.submit(() -> walk(model, choices))));
    }
    for (Future<Walk> each : made) {
      Walk walk = each.get();
      if (walk.failed()) {
        Walk small = Shrinker.shrink(walk, choices -> walk(model, choices));
        fail(model.name() + ": " + small.labels() + " " + small.breach());
      }
      DONE.addAll(Walked.kinds(walk));
    }
  }

  private static <N> Walk walk(ClientModel<N> model, List<Integer> choices)
      throws InterruptedException {
    try (HttpClientPort port = new HttpClientPort(SERVER)) {
      return new Walker<>(model, Walked.OFFER).walk(Choices.of(choices), port);
    }
  }

  @Property(tries = WALKS / BESIDE + 1, shrinking = ShrinkingMode.OFF)
  void session(@ForAll("choices") List<List<Integer>> walks) throws Exception {
    hold(new ClientSessionModel(), walks);
  }

  @Property(tries = WALKS / BESIDE + 1, shrinking = ShrinkingMode.OFF)
  void stream(@ForAll("choices") List<List<Integer>> walks) throws Exception {
    hold(new ClientStreamModel(), walks);
  }
}
