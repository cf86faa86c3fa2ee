package dev.plumbline.server.machine;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** A table as people read it: as text, as a Mermaid state diagram, as a page of Markdown. */
public final class TableText {
  private static final int WIDTH = 20;

  private TableText() {}

  /** One block for every state, one line for every event. */
  public static <S extends Enum<S> & State, E extends Enum<E> & Event> String text(
      TransitionTable<S, E> table) {
    StringBuilder text = new StringBuilder();
    text.append(table.name().toUpperCase(java.util.Locale.ROOT)).append('\n');
    for (S state : table.states()) {
      text.append('\n').append(state.label()).append(remarks(table, state)).append('\n');
      for (E event : table.events()) {
        String line = line(table, state, event);
        text.append("  ").append(pad(event.label())).append(line).append('\n');
      }
    }
    return text.toString();
  }

  /** A Mermaid state diagram; what is ignored or refused is left out. */
  public static <S extends Enum<S> & State, E extends Enum<E> & Event> String mermaid(
      TransitionTable<S, E> table) {
    StringBuilder text = new StringBuilder("stateDiagram-v2\n");
    text.append("  %% ").append(table.name()).append('\n');
    text.append("  [*] --> ").append(table.initial().label()).append('\n');
    for (S state : table.states()) {
      for (E event : table.events()) {
        if (table.rule(state, event) instanceof Rule.To<S>(var target)) {
          text.append("  ").append(state.label()).append(" --> ").append(target.label());
          text.append(" : ").append(event.label());
          text.append(timeout(table, state, event)).append('\n');
        }
      }
      if (state.terminal()) {
        text.append("  ").append(state.label()).append(" --> [*]\n");
      }
    }
    return text.toString();
  }

  /** A section of Markdown: the diagram, the states, and what every event does in every state. */
  public static <S extends Enum<S> & State, E extends Enum<E> & Event> String markdown(
      TransitionTable<S, E> table) {
    StringBuilder text = new StringBuilder("## ").append(table.name()).append("\n\n");
    text.append("```mermaid\n").append(mermaid(table)).append("```\n\n");
    text.append("| State | Reported as | Rests here | On entry | On exit | By itself |\n");
    text.append("|---|---|---|---|---|---|\n");
    for (S state : table.states()) {
      text.append("| ").append(state.label()).append(" | ").append(state.published());
      text.append(" | ").append(state.terminal() ? "yes" : "");
      text.append(" | ").append(String.join(", ", table.entryActions(state)));
      text.append(" | ").append(String.join(", ", table.exitActions(state)));
      text.append(" | ").append(timeouts(table, state)).append(" |\n");
    }
    text.append("\n| In state | Event | What it does |\n|---|---|---|\n");
    for (S state : table.states()) {
      for (E event : table.events()) {
        text.append("| ").append(state.label()).append(" | ").append(event.label());
        text.append(" | ").append(line(table, state, event)).append(" |\n");
      }
    }
    return text.toString();
  }

  private static <S extends Enum<S> & State, E extends Enum<E> & Event> String line(
      TransitionTable<S, E> table, S state, E event) {
    return switch (table.rule(state, event)) {
      case Rule.To<S>(var target) ->
          "-> "
              + target.label()
              + (target == state ? " (anew)" : "")
              + timeout(table, state, event);
      case Rule.Ignore<S>(var reason) -> "ignored: " + reason + timeout(table, state, event);
      case Rule.Refuse<S>(var reason) -> "refused: " + reason;
    };
  }

  private static <S extends Enum<S> & State, E extends Enum<E> & Event> String remarks(
      TransitionTable<S, E> table, S state) {
    StringBuilder text = new StringBuilder();
    if (state == table.initial()) {
      text.append(", begins here");
    }
    if (state.terminal()) {
      text.append(", rests here");
    }
    if (!state.published().equals(state.label())) {
      text.append(", reported as ").append(state.published());
    }
    table.entryActions(state).forEach(action -> text.append(", on entry: ").append(action));
    table.exitActions(state).forEach(action -> text.append(", on exit: ").append(action));
    return text.toString();
  }

  private static <S extends Enum<S> & State, E extends Enum<E> & Event> String timeout(
      TransitionTable<S, E> table, S state, E event) {
    return table.timeouts(state).stream()
        .filter(timeout -> timeout.event() == event)
        .map(timeout -> " after " + words(timeout))
        .findFirst()
        .orElse("");
  }

  private static <S extends Enum<S> & State, E extends Enum<E> & Event> String timeouts(
      TransitionTable<S, E> table, S state) {
    List<Timeout<S, E>> timeouts = table.timeouts(state);
    return timeouts.stream()
        .map(timeout -> timeout.event().label() + " after " + words(timeout))
        .collect(Collectors.joining(", "));
  }

  private static String words(Timeout<?, ?> timeout) {
    String from =
        switch (timeout.since()) {
          case ENTERED -> "";
          case USED -> " unused";
          case MADE -> " of life";
        };
    return words(timeout.after()) + from;
  }

  private static String words(Duration time) {
    long seconds = time.toSeconds();
    if (!time.equals(Duration.ofSeconds(seconds))) {
      return time.toMillis() + " ms";
    }
    long minutes = time.toMinutes();
    if (!time.equals(Duration.ofMinutes(minutes))) {
      return seconds + " s";
    }
    return time.equals(Duration.ofHours(time.toHours())) ? time.toHours() + " h" : minutes + " min";
  }

  private static String pad(String label) {
    return label + " ".repeat(Math.max(1, WIDTH - label.length()));
  }
}
