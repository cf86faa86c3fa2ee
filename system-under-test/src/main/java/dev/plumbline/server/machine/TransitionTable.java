package dev.plumbline.server.machine;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A lifecycle as data: one rule for every state and every event, the timeouts of each state, and
 * what is to be done when a state is entered or left. A table with a hole cannot be built.
 */
public final class TransitionTable<S extends Enum<S> & State, E extends Enum<E> & Event> {
  private final String name;
  private final List<S> states;
  private final List<E> events;
  private final S initial;
  private final Map<S, Map<E, Rule<S>>> rules;
  private final Map<S, Map<E, Outcome<S, E>>> outcomes;
  private final Map<S, List<Timeout<S, E>>> timeouts;
  private final Map<S, String> entry;
  private final Map<S, String> exit;

  TransitionTable(TableBuilder<S, E> built) {
    this.name = built.name;
    this.states = List.of(built.states.getEnumConstants());
    this.events = List.of(built.events.getEnumConstants());
    this.initial = built.initial;
    this.rules = built.rules;
    this.timeouts = built.timeouts;
    this.entry = built.entry;
    this.exit = built.exit;
    this.outcomes = new EnumMap<>(built.states);
    for (S state : states) {
      Map<E, Outcome<S, E>> row = new EnumMap<>(built.events);
      events.forEach(event -> row.put(event, outcome(state, event, rule(state, event))));
      outcomes.put(state, row);
    }
  }

  /** Starts a table. */
  public static <S extends Enum<S> & State, E extends Enum<E> & Event> TableBuilder<S, E> of(
      String name, Class<S> states, Class<E> events, S initial) {
    return new TableBuilder<>(name, states, events, initial);
  }

  /** What it is the lifecycle of. */
  public String name() {
    return name;
  }

  /** The state a new machine starts in. */
  public S initial() {
    return initial;
  }

  /** Every state, in declaration order. */
  public List<S> states() {
    return states;
  }

  /** Every event, in declaration order. */
  public List<E> events() {
    return events;
  }

  /** What the event does in the state. */
  public Rule<S> rule(S state, E event) {
    return Objects.requireNonNull(Objects.requireNonNull(rules.get(state)).get(event));
  }

  /** What happens by itself in the state; where several are due at once, the first happens. */
  public List<Timeout<S, E>> timeouts(S state) {
    return timeouts.getOrDefault(state, List.of());
  }

  /** What is done when the state is entered; empty when nothing is. */
  public List<String> entryActions(S state) {
    String action = entry.get(state);
    return action == null ? List.of() : List.of(action);
  }

  /** What is done when the state is left; empty when nothing is. */
  public List<String> exitActions(S state) {
    String action = exit.get(state);
    return action == null ? List.of() : List.of(action);
  }

  /** What firing the event in the state comes to; made once, so that firing allocates nothing. */
  Outcome<S, E> outcome(S state, E event) {
    return Objects.requireNonNull(Objects.requireNonNull(outcomes.get(state)).get(event));
  }

  /** What is to be done for a move: first what leaving demands, then what entering demands. */
  List<String> actions(Outcome.Moved<S, E> move) {
    List<String> leaving = exitActions(move.from());
    List<String> entering = entryActions(move.to());
    if (leaving.isEmpty() || entering.isEmpty()) {
      return leaving.isEmpty() ? entering : leaving;
    }
    return List.of(leaving.getFirst(), entering.getFirst());
  }

  private static <S extends Enum<S> & State, E extends Enum<E> & Event> Outcome<S, E> outcome(
      S state, E event, Rule<S> rule) {
    return switch (rule) {
      case Rule.To<S>(var target) -> new Outcome.Moved<>(state, event, target);
      case Rule.Ignore<S>(var reason) -> new Outcome.Ignored<>(state, event, reason);
      case Rule.Refuse<S>(var reason) -> new Outcome.Refused<>(state, event, reason);
    };
  }
}
