package dev.plumbline.evidence.bundle.gate;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Failures the owner of a target accepts for a while, from {@code plumbline-baseline.yaml}. Each
 * names a single check and ends on a date; an entry whose check no longer fails must be removed.
 *
 * @param entries the accepted failures; no check twice
 */
public record Baseline(List<Entry> entries) {
  /** So long before its end an entry is spoken of, so that its end surprises nobody. */
  public static final int WARNING_DAYS = 14;

  /** Nothing is accepted. */
  public static final Baseline NONE = new Baseline(List.of());

  /**
   * One accepted failure.
   *
   * @param clause the id of the check, for example {@code TOOL-003} or {@code FM-07}
   * @param reason why it is accepted; not blank
   * @param expires the last day (UTC) on which it counts
   */
  public record Entry(String clause, String reason, LocalDate expires) {
    /**
     * @throws IllegalArgumentException when clause or reason is blank
     */
    public Entry {
      if (clause.isBlank() || reason.isBlank()) {
        throw new IllegalArgumentException(
            "a baseline entry needs a clause and a reason: clause '" + clause + "'");
      }
    }

    /** Whether the entry no longer counts on a day. */
    public boolean expiredOn(LocalDate day) {
      return day.isAfter(expires);
    }

    /** Whether the entry still counts on a day, but not for much longer. */
    public boolean endsSoonAfter(LocalDate day) {
      return !expiredOn(day) && day.plusDays(WARNING_DAYS).isAfter(expires);
    }
  }

  /**
   * @throws IllegalArgumentException when a clause is named twice
   */
  public Baseline {
    entries = List.copyOf(entries);
    Set<String> seen = new HashSet<>();
    for (Entry entry : entries) {
      if (!seen.add(entry.clause())) {
        throw new IllegalArgumentException("the baseline names " + entry.clause() + " twice");
      }
    }
  }

  /** The entry for a check that still counts on a day. */
  public Optional<Entry> accepting(String clause, LocalDate day) {
    return entries.stream()
        .filter(entry -> entry.clause().equals(clause) && !entry.expiredOn(day))
        .findFirst();
  }
}
