package dev.plumbline.server.machine;

/** Does what a table says is to be done when a state is left or entered. */
@FunctionalInterface
public interface Actions<S extends Enum<S> & State, E extends Enum<E> & Event> {
  /**
   * Does one action of the table. Called once for every move, after it, on the thread that fired
   * the event and under none of the machine's locks; may fire further events.
   *
   * @param action its name in the table
   * @param move what made it due
   */
  void perform(String action, Outcome.Moved<S, E> move);

  /** Does nothing. */
  static <S extends Enum<S> & State, E extends Enum<E> & Event> Actions<S, E> none() {
    return (_, _) -> {};
  }
}
