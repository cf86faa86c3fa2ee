package dev.plumbline.server.machine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * Explores one table with the real interpreter: every state with every event, and random walks in
 * which time passes and stale events arrive.
 */
public final class Explorer<S extends Enum<S> & State, E extends Enum<E> & Event> {
  /** The longest time that passes in one step of a walk. */
  private static final Duration LONGEST_STEP = Duration.ofHours(2);

  /**
   * What the exploration of all pairs came to.
   *
   * @param unreachable states no events lead to from the beginning
   * @param deadStates states from which no events lead to one where a machine may rest
   * @param illegalAccepted refusals after which the machine stood elsewhere
   */
  public record Pairs(
      int states,
      int events,
      int transitions,
      int ignores,
      int rejections,
      int timeouts,
      int unreachable,
      int deadStates,
      int illegalAccepted) {
    /** States times events. */
    public int pairs() {
      return transitions + ignores + rejections;
    }
  }

  /**
   * What random walks came to.
   *
   * @param fired timeouts that happened because time passed
   * @param stale events that came too late and were dropped
   * @param illegalAccepted refused or stale events after which the machine stood elsewhere
   * @param stuck walks that could not be brought to their end
   */
  public record Walks(
      int walks, long steps, long fired, long stale, long illegalAccepted, int stuck) {}

  private final TransitionTable<S, E> table;

  /** Explores this table. */
  public Explorer(TransitionTable<S, E> table) {
    this.table = table;
  }

  /** Every state with every event. */
  public Pairs pairs() {
    int transitions = 0;
    int ignores = 0;
    int rejections = 0;
    int unreachable = 0;
    int dead = 0;
    int illegal = 0;
    for (S state : table.states()) {
      Optional<List<E>> there = path(table.initial(), at -> at == state);
      unreachable += there.isPresent() ? 0 : 1;
      dead += path(state, State::terminal).isPresent() ? 0 : 1;
      for (E event : table.events()) {
        switch (table.rule(state, event)) {
          case Rule.To<S> _ -> transitions++;
          case Rule.Ignore<S> _ -> ignores++;
          case Rule.Refuse<S> _ -> {
            rejections++;
            illegal += there.isPresent() && !refused(there.get(), event) ? 1 : 0;
          }
        }
      }
    }
    int timeouts = table.states().stream().mapToInt(state -> table.timeouts(state).size()).sum();
    return new Pairs(
        table.states().size(),
        table.events().size(),
        transitions,
        ignores,
        rejections,
        timeouts,
        unreachable,
        dead,
        illegal);
  }

  private boolean refused(List<E> way, E event) {
    StateMachine<S, E> machine = new StateMachine<>(table);
    way.forEach(machine::fire);
    StateMachine.Position<S> before = machine.position();
    return machine.fire(event) instanceof Outcome.Refused && machine.position().equals(before);
  }

  /** The shortest way between a state and one that is wanted; empty when there is none. */
  public Optional<List<E>> path(S from, Predicate<S> wanted) {
    Map<S, List<E>> ways = new EnumMap<>(table.initial().getDeclaringClass());
    Deque<S> open = new ArrayDeque<>();
    ways.put(from, List.of());
    open.add(from);
    while (!open.isEmpty()) {
      S at = open.removeFirst();
      List<E> way = Objects.requireNonNull(ways.get(at));
      if (wanted.test(at)) {
        return Optional.of(way);
      }
      for (E event : table.events()) {
        if (table.rule(at, event) instanceof Rule.To<S>(var target) && !ways.containsKey(target)) {
          List<E> longer = new ArrayList<>(way);
          longer.add(event);
          ways.put(target, longer);
          open.add(target);
        }
      }
    }
    return Optional.empty();
  }

  /** Random walks, each of as many steps, then brought to its end. */
  public Walks walks(int walks, int steps, RandomGenerator random) {
    long fired = 0;
    long stale = 0;
    long illegal = 0;
    int stuck = 0;
    for (int walk = 0; walk < walks; walk++) {
      AtomicLong now = new AtomicLong();
      StateMachine<S, E> machine = Machines.unobserved(now::get).start(table);
      for (int step = 0; step < steps; step++) {
        StateMachine.Position<S> before = machine.position();
        long then = now.get();
        Optional<Outcome<S, E>> outcome = step(machine, now, random);
        fired += outcome.isPresent() && now.get() > then ? 1 : 0;
        stale += outcome.filter(Outcome.Stale.class::isInstance).isPresent() ? 1 : 0;
        boolean refused = outcome.filter(result -> !result.accepted()).isPresent();
        illegal += refused && !machine.position().equals(before) ? 1 : 0;
      }
      path(machine.state(), State::terminal).ifPresent(way -> way.forEach(machine::fire));
      stuck += machine.state().terminal() ? 0 : 1;
    }
    return new Walks(walks, (long) walks * steps, fired, stale, illegal, stuck);
  }

  /** One event in five is time, one in ten comes too late. */
  private Optional<Outcome<S, E>> step(
      StateMachine<S, E> machine, AtomicLong now, RandomGenerator random) {
    E event = table.events().get(random.nextInt(table.events().size()));
    int dice = random.nextInt(10);
    if (dice < 2) {
      now.addAndGet(random.nextLong(LONGEST_STEP.toNanos()));
      return machine.fireDue();
    }
    return Optional.of(
        dice < 3 ? machine.fireArmed(machine.position().epoch() - 1, event) : machine.fire(event));
  }
}
