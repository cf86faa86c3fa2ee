package dev.plumbline.server.machine;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A lifecycle as data: one rule for every state and every event. A table with a hole cannot be
 * built.
 */
public final class TransitionTable<S extends Enum<S>, E extends Enum<E>> {
  private final String name;
  private final Class<S> states;
  private final Class<E> events;
  private final S initial;
  private final Map<S, Map<E, Rule<S>>> rules;

  private TransitionTable(
      String name, Class<S> states, Class<E> events, S initial, Map<S, Map<E, Rule<S>>> rules) {
    this.name = name;
    this.states = states;
    this.events = events;
    this.initial = initial;
    this.rules = rules;
  }

  /** Starts a table. */
  public static <S extends Enum<S>, E extends Enum<E>> Builder<S, E> of(
      String name, Class<S> states, Class<E> events, S initial) {
    return new Builder<>(name, states, events, initial);
  }

  /** The state a new machine starts in. */
  public S initial() {
    return initial;
  }

  /** Every state, in declaration order. */
  public List<S> states() {
    return List.of(states.getEnumConstants());
  }

  /** Every event, in declaration order. */
  public List<E> events() {
    return List.of(events.getEnumConstants());
  }

  /** What the event does in the state. */
  public Rule<S> rule(S state, E event) {
    return Objects.requireNonNull(Objects.requireNonNull(rules.get(state)).get(event));
  }

  /** The table as a Mermaid state diagram; refusals are left out. */
  public String diagram() {
    StringBuilder text = new StringBuilder("stateDiagram-v2\n");
    text.append("  %% ").append(name).append('\n');
    text.append("  [*] --> ").append(label(initial)).append('\n');
    for (S state : states()) {
      for (E event : events()) {
        if (rule(state, event) instanceof Rule.To<S>(var target)) {
          text.append("  ").append(label(state)).append(" --> ").append(label(target));
          text.append(" : ").append(label(event)).append('\n');
        }
      }
    }
    return text.toString();
  }

  private static String label(Enum<?> value) {
    return value.name().toLowerCase(java.util.Locale.ROOT);
  }

  /** Collects the rules of a table. */
  public static final class Builder<S extends Enum<S>, E extends Enum<E>> {
    private final String name;
    private final Class<S> states;
    private final Class<E> events;
    private final S initial;
    private final Map<S, Map<E, Rule<S>>> rules;

    private Builder(String name, Class<S> states, Class<E> events, S initial) {
      this.name = name;
      this.states = states;
      this.events = events;
      this.initial = initial;
      this.rules = new EnumMap<>(states);
      for (S state : states.getEnumConstants()) {
        rules.put(state, new EnumMap<>(events));
      }
    }

    /** In the state, the event moves to the target. */
    public Builder<S, E> move(S state, E event, S target) {
      return put(state, event, new Rule.To<>(target));
    }

    /** In the state, the event is lawful and changes nothing. */
    public Builder<S, E> stay(S state, E event) {
      return put(state, event, new Rule.Stay<>());
    }

    /** In the state, the event is illegal, for this reason. */
    public Builder<S, E> refuse(S state, E event, String reason) {
      return put(state, event, new Rule.Refuse<>(reason));
    }

    /** Refuses every event of the state that has no rule yet. */
    public Builder<S, E> refuseRest(S state, String reason) {
      for (E event : events.getEnumConstants()) {
        Objects.requireNonNull(rules.get(state)).putIfAbsent(event, new Rule.Refuse<>(reason));
      }
      return this;
    }

    private Builder<S, E> put(S state, E event, Rule<S> rule) {
      if (Objects.requireNonNull(rules.get(state)).put(event, rule) != null) {
        throw new IllegalStateException(name + ": two rules for " + state + " x " + event);
      }
      return this;
    }

    /**
     * The finished table.
     *
     * @throws IllegalStateException when a state has no rule for an event
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
      return new TransitionTable<>(name, states, events, initial, rules);
    }
  }
}
