package dev.plumbline.server.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * Random walks through every table, beside a model written down a second time: events, time that
 * passes, and events that were armed earlier and come too late.
 */
class WalkProperties {
  private static final int WALKS = 10_000;
  private static final int STEPS = 40;

  /** One in so many steps is time, and one an event that comes too late. */
  private static final int KINDS = 8;

  private static final Set<String> WALKED = ConcurrentHashMap.newKeySet();

  @Provide
  Arbitrary<int[]> walk() {
    return Arbitraries.integers()
        .between(0, 100_000)
        .array(int[].class)
        .ofMinSize(1)
        .ofMaxSize(STEPS);
  }

  @Property(tries = WALKS)
  void client(@ForAll("walk") int[] walk) {
    followsTheModelAndCanEnd(ClientLifecycle.CLIENT, walk);
  }

  @Property(tries = WALKS)
  void server(@ForAll("walk") int[] walk) {
    followsTheModelAndCanEnd(ServerLifecycle.SERVER, walk);
  }

  @Property(tries = WALKS)
  void session(@ForAll("walk") int[] walk) {
    followsTheModelAndCanEnd(SessionLifecycle.SESSION, walk);
  }

  @Property(tries = WALKS)
  void task(@ForAll("walk") int[] walk) {
    followsTheModelAndCanEnd(TaskLifecycle.TASK, walk);
  }

  @Property(tries = WALKS)
  void stream(@ForAll("walk") int[] walk) {
    followsTheModelAndCanEnd(StreamLifecycle.STREAM, walk);
  }

  @Property(tries = WALKS)
  void breaker(@ForAll("walk") int[] walk) {
    followsTheModelAndCanEnd(BreakerLifecycle.BREAKER, walk);
  }

  @Property(tries = WALKS)
  void domain(@ForAll("walk") int[] walk) {
    followsTheModelAndCanEnd(DomainLifecycle.DOMAIN, walk);
  }

  private static <S extends Enum<S> & State, E extends Enum<E> & Event>
      void followsTheModelAndCanEnd(TransitionTable<S, E> table, int[] walk) {
    Walker<S, E> walker = new Walker<>(table);
    for (int step : walk) {
      int choice = step / KINDS;
      switch (step % KINDS) {
        case 0 -> walker.letPass(Duration.ofSeconds(choice));
        case 1 -> walker.fireLate(table.events().get(choice % table.events().size()));
        default -> walker.fire(table.events().get(choice % table.events().size()));
      }
    }
    walker.end();
  }

  /** A machine beside the state the model expects. */
  private static final class Walker<S extends Enum<S> & State, E extends Enum<E> & Event> {
    private final AtomicLong now = new AtomicLong();
    private final TransitionTable<S, E> table;
    private final StateMachine<S, E> machine;
    private S expected;
    private long epoch;

    private Walker(TransitionTable<S, E> table) {
      this.table = table;
      this.machine = Machines.unobserved(now::get).start(table);
      this.expected = table.initial();
    }

    private void fire(E event) {
      WALKED.add(table.name() + ": " + expected + " x " + event);
      judge(event, machine.fire(event));
    }

    private void letPass(Duration time) {
      now.addAndGet(time.toNanos());
      Optional<StateMachine.Armed<E>> due = machine.due();
      boolean timed = due.isPresent();
      assertThat(timed && table.timeouts(expected).isEmpty()).isFalse();
      due.ifPresent(armed -> judge(armed.event(), machine.fireArmed(armed.epoch(), armed.event())));
    }

    private void fireLate(E event) {
      var before = machine.position();
      assertThat(machine.fireArmed(before.epoch() - 1, event))
          .isEqualTo(new Outcome.Stale<>(expected, event));
      assertThat(machine.position()).isEqualTo(before);
    }

    private void judge(E event, Outcome<S, E> outcome) {
      String word = Models.word(table, expected, event);
      switch (outcome) {
        case Outcome.Moved<S, E> move -> {
          assertThat(move.to().name()).as("%s", move).isEqualTo(word);
          expected = move.to();
          epoch++;
        }
        case Outcome.Ignored<S, E> ignored -> assertThat(word).as("%s", ignored).isEqualTo("same");
        case Outcome.Refused<S, E> refused -> assertThat(word).as("%s", refused).isEqualTo("no");
        case Outcome.Stale<S, E> stale -> throw new AssertionError("armed just now: " + stale);
      }
      assertThat(machine.state()).isEqualTo(expected);
      assertThat(machine.position().epoch()).isEqualTo(epoch);
    }

    private void end() {
      new Explorer<>(table)
          .path(machine.state(), State::terminal)
          .orElseThrow()
          .forEach(machine::fire);
      assertThat(machine.state().terminal()).isTrue();
      assertThat(machine.history()).hasSizeLessThanOrEqualTo(StateMachine.HISTORY);
    }
  }

  @AfterContainer
  static void everyStateMetEveryEvent() {
    for (TransitionTable<?, ?> table : Tables.all()) {
      long met = WALKED.stream().filter(pair -> pair.startsWith(table.name() + ":")).count();
      assertThat(met)
          .as(table.name())
          .isEqualTo((long) table.states().size() * table.events().size());
    }
  }
}
