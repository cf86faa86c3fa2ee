package dev.plumbline.conformance.model;

/**
 * What the specification says to what came of a command.
 *
 * @param <S> the states of the model
 */
public sealed interface Step<S> {
  /**
   * It is allowed.
   *
   * @param next the state it leads to
   */
  record Allowed<S>(S next) implements Step<S> {}

  /**
   * It is not.
   *
   * @param breach what is broken
   */
  record Broken<S>(Breach breach) implements Step<S> {}

  /**
   * Nothing follows from it, and the walk cannot go on.
   *
   * @param why in a few words
   */
  record Unclear<S>(String why) implements Step<S> {}

  /** It is allowed and leads there. */
  static <S> Step<S> to(S next) {
    return new Allowed<>(next);
  }

  /** Nothing follows from what came. */
  static <S> Step<S> unclear(Heard heard) {
    return new Unclear<>(heard.told());
  }

  /** The clause is broken. */
  static <S> Step<S> broken(
      String clause, String summary, String expected, String actual, String fix) {
    return new Broken<>(new Breach(clause, summary, expected, actual, fix));
  }
}
