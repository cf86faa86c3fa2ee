package dev.plumbline.server.machine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Collects the rules of a table. */
public final class TableBuilder<S extends Enum<S> & State, E extends Enum<E> & Event> {
  final String name;
  final Class<S> states;
  final Class<E> events;
  final S initial;
  final Map<S, Map<E, Rule<S>>> rules;
  final Map<S, List<Timeout<S, E>>> timeouts;
  final Map<S, String> entry;
  final Map<S, String> exit;

  TableBuilder(String name, Class<S> states, Class<E> events, S initial) {
    this.name = name;
    this.states = states;
    this.events = events;
    this.initial = initial;
    this.rules = new EnumMap<>(states);
    this.timeouts = new EnumMap<>(states);
    this.entry = new EnumMap<>(states);
    this.exit = new EnumMap<>(states);
    for (S state : states.getEnumConstants()) {
      rules.put(state, new EnumMap<>(events));
    }
  }

  /** In the state, the event moves to the target. */
  public TableBuilder<S, E> move(S state, E event, S target) {
    return put(state, event, new Rule.To<>(target));
  }

  /** In the state, the event is lawful and changes nothing, for this reason. */
  public TableBuilder<S, E> ignore(S state, E event, String reason) {
    return put(state, event, new Rule.Ignore<>(reason));
  }

  /** In the state, the event is illegal, for this reason. */
  public TableBuilder<S, E> refuse(S state, E event, String reason) {
    return put(state, event, new Rule.Refuse<>(reason));
  }

  /** Refuses every event of the state that has no rule yet. */
  public TableBuilder<S, E> refuseRest(S state, String reason) {
    for (E event : events.getEnumConstants()) {
      Objects.requireNonNull(rules.get(state)).putIfAbsent(event, new Rule.Refuse<>(reason));
    }
    return this;
  }

  /** In the state, the event happens by itself after this long. */
  public TableBuilder<S, E> timeout(S state, E event, Timeout.Since since, Duration after) {
    timeouts
        .computeIfAbsent(state, _ -> new ArrayList<>())
        .add(new Timeout<>(state, event, since, after));
    return this;
  }

  /** Whenever the state is entered, this is done. */
  public TableBuilder<S, E> onEntry(S state, String action) {
    return once(entry, state, action);
  }

  /** Whenever the state is left, this is done. */
  public TableBuilder<S, E> onExit(S state, String action) {
    return once(exit, state, action);
  }

  private TableBuilder<S, E> once(Map<S, String> map, S state, String action) {
    if (map.put(state, action) != null) {
      throw new IllegalStateException(name + ": two actions for " + state);
    }
    return this;
  }

  private TableBuilder<S, E> put(S state, E event, Rule<S> rule) {
    if (Objects.requireNonNull(rules.get(state)).put(event, rule) != null) {
      throw new IllegalStateException(name + ": two rules for " + state + " x " + event);
    }
    return this;
  }

  /**
   * The finished table.
   *
   * @throws IllegalStateException when a state has no rule for an event, or a timeout would be
   *     refused
   */
  public TransitionTable<S, E> build() {
    List<String> holes = new ArrayList<>();
    for (S state : states.getEnumConstants()) {
      for (E event : events.getEnumConstants()) {
        if (!Objects.requireNonNull(rules.get(state)).containsKey(event)) {
          holes.add(state + " x " + event);
        }
      }
    }
    if (!holes.isEmpty()) {
      throw new IllegalStateException(name + ": no rule for " + holes);
    }
    timeouts.values().forEach(list -> list.forEach(this::checkTimeout));
    return new TransitionTable<>(this);
  }

  private void checkTimeout(Timeout<S, E> timeout) {
    Rule<S> rule = Objects.requireNonNull(rules.get(timeout.state())).get(timeout.event());
    if (rule instanceof Rule.Refuse) {
      throw new IllegalStateException(
          name + ": " + timeout.state() + " refuses its own timeout " + timeout.event());
    }
  }
}
