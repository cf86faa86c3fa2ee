package dev.plumbline.ci.cli.repro;

import dev.plumbline.conformance.repro.Reproducer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** Where a failure stands. */
public sealed interface State {
  /** Nothing was done about it. */
  record Unfixed() implements State {}

  /** It was gone once, and was found again after that. */
  record BackAgain(Instant fixed) implements State {}

  /** It is accepted for a while. */
  record Accepted(String reason, LocalDate until) implements State {}

  /** It was accepted; that is over. */
  record Expired(String reason, LocalDate until) implements State {}

  /** It was replayed and gone. */
  record Fixed(Instant at) implements State {}

  /** Whether a build has to stop for it. */
  default boolean blocks() {
    return switch (this) {
      case Unfixed _, BackAgain _, Expired _ -> true;
      case Accepted _, Fixed _ -> false;
    };
  }

  /** In a word or two. */
  default String word() {
    return switch (this) {
      case Unfixed _ -> "unfixed";
      case BackAgain _ -> "back again";
      case Accepted accepted -> "accepted until " + accepted.until();
      case Expired expired -> "accepted until " + expired.until() + ", expired";
      case Fixed _ -> "fixed";
    };
  }

  /**
   * What follows from the history. Pure.
   *
   * @param newest the newest reproducer of the failure
   * @param history everything that happened to it, in order
   * @param today the day acceptances are held against
   */
  static State of(Reproducer newest, List<Event> history, LocalDate today) {
    Instant fixed = null;
    Event accepted = null;
    for (Event event : history) {
      switch (event.what()) {
        case FIXED -> {
          fixed = event.at();
          accepted = null;
        }
        case ACCEPTED -> accepted = event;
        case KEPT, STILL_FAILS -> {}
      }
    }
    if (fixed != null && !newest.created().isAfter(fixed)) {
      return new Fixed(fixed);
    }
    LocalDate until = accepted == null ? null : accepted.until();
    if (accepted != null && until != null) {
      return today.isAfter(until)
          ? new Expired(accepted.text(), until)
          : new Accepted(accepted.text(), until);
    }
    return fixed == null ? new Unfixed() : new BackAgain(fixed);
  }
}
