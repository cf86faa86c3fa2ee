package dev.plumbline.server.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.server.machine.Machines;
import dev.plumbline.server.machine.ServerLifecycle;
import dev.plumbline.server.machine.StateMachine;
import dev.plumbline.server.registry.Registry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Nothing is left of subscriptions in the stateless era, in whatever order they end (R183). */
class HandlerProperties {
  private static final int CONNECTIONS = 3;
  private static final int KINDS = 3;

  private final Registry registry = new Registry(System::nanoTime, InstantSource.system());
  private final Subscriptions subscriptions =
      new Subscriptions(
          Machines.unobserved(System::nanoTime),
          new StateMachine<>(ServerLifecycle.SERVER),
          registry);

  private static Set<Topic> topics(int count) {
    Set<Topic> topics = new LinkedHashSet<>();
    for (int i = 0; i < count; i++) {
      topics.add(new Topic("resource", "x:" + i));
    }
    return topics;
  }

  @Property(tries = 10_000)
  void handlersAreThoseOfTheSubscriptionsThatAreOpen(
      @ForAll @Size(max = 30) List<@IntRange(max = 1_000_000) Integer> steps) {
    List<Object> connections = new ArrayList<>();
    List<List<Subscription>> open = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      connections.add(new Object());
      open.add(new ArrayList<>());
    }
    for (int step : steps) {
      int at = step / KINDS % CONNECTIONS;
      int choice = step / KINDS / CONNECTIONS;
      List<Subscription> mine = open.get(at);
      switch (step % KINDS) {
        case 0 -> subscriptions.open(connections.get(at), topics(choice % 5)).ifPresent(mine::add);
        case 1 -> {
          if (!mine.isEmpty()) {
            subscriptions.close(mine.remove(choice % mine.size()));
          }
        }
        default -> {
          subscriptions.release(connections.get(at));
          mine.clear();
        }
      }
      int expected = open.stream().flatMap(List::stream).mapToInt(Subscription::handlers).sum();
      assertThat(subscriptions.handlerCount()).isEqualTo(expected);
    }
    connections.forEach(subscriptions::release);
    assertThat(subscriptions.handlerCount()).isZero();
    assertThat(subscriptions.count()).isZero();
    assertThat(subscriptions.connections()).isZero();
    assertThat(registry.count()).isZero();
  }

  @Test
  void aConnectionHasItsCapAndNotOneMore() {
    Subscription many =
        subscriptions.open(this, topics(Subscriptions.MAX_HANDLERS - 1)).orElseThrow();
    assertThat(subscriptions.open(this, topics(2))).isEmpty();
    Optional<Subscription> last = subscriptions.open(this, topics(1));
    assertThat(last).isPresent();
    assertThat(subscriptions.handlerCount()).isEqualTo(Subscriptions.MAX_HANDLERS);
    assertThat(subscriptions.open(this, topics(1))).isEmpty();
    assertThat(subscriptions.open(this, Set.of())).isEmpty();
    assertThat(subscriptions.open(new Object(), topics(1))).isPresent();
    subscriptions.close(many);
    assertThat(subscriptions.open(this, topics(1))).isPresent();
  }

  @Test
  void whatIsClosedTwiceIsCountedOnce() {
    Subscription one = subscriptions.open(this, topics(3)).orElseThrow();
    assertThat(subscriptions.open(this, topics(2))).isPresent();
    subscriptions.close(one);
    subscriptions.close(one);
    assertThat(subscriptions.handlerCount()).isEqualTo(2);
  }
}
