package dev.plumbline.ci.cli.requirement;

import java.util.List;

/**
 * A requirement with what there is to show of it.
 *
 * @param requirement which
 * @param state what it comes to
 * @param shown what its references came to, in their order
 */
public record Traced(Requirement requirement, State state, List<Shown> shown) {
  /** What a requirement comes to. */
  public enum State {
    /** Everything that shows it was run, and held. */
    SHOWN,
    /** Something that shows it was run, and did not hold. */
    MISSED,
    /** Something that shows it was not run. */
    NOT_RUN,
    /** What is there to show it held; a part of it nothing shows. */
    PARTLY,
    /** A decision replaced it; what shows the decision held. */
    DECIDED,
    /** It belongs to a part that is not there. */
    NOT_BUILT,
    /** It is a matter of people. */
    PROCESS
  }

  /** Copies the list. */
  public Traced {
    shown = List.copyOf(shown);
  }

  static Traced of(Requirement requirement, List<Shown> shown) {
    return new Traced(requirement, state(requirement.standing(), shown), shown);
  }

  private static State state(Standing standing, List<Shown> shown) {
    if (has(shown, Shown.Outcome.MISSED)) {
      return State.MISSED;
    }
    if (has(shown, Shown.Outcome.NOT_RUN)) {
      return State.NOT_RUN;
    }
    return switch (standing) {
      case MEASURED -> State.SHOWN;
      case PARTLY -> State.PARTLY;
      case DECIDED -> State.DECIDED;
      case NOT_BUILT -> State.NOT_BUILT;
      case PROCESS -> State.PROCESS;
    };
  }

  private static boolean has(List<Shown> shown, Shown.Outcome outcome) {
    return shown.stream().anyMatch(one -> one.outcome() == outcome);
  }
}
