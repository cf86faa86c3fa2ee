package dev.plumbline.supplychain;

import java.time.LocalDate;

/**
 * A known vulnerability the owner lives with for a while.
 *
 * @param advisory its id, as in {@code GHSA-xxxx-xxxx-xxxx}, or one of its aliases
 * @param reason why; not blank
 * @param expires the last day (UTC) on which it counts
 */
public record Waiver(String advisory, String reason, LocalDate expires) {
  /**
   * @throws IllegalArgumentException when advisory or reason is blank
   */
  public Waiver {
    if (advisory.isBlank() || reason.isBlank()) {
      throw new IllegalArgumentException(
          "a waiver needs an advisory and a reason: advisory '" + advisory + "'");
    }
  }

  boolean expiredOn(LocalDate day) {
    return day.isAfter(expires);
  }

  boolean means(Advisory known) {
    return known.id().equals(advisory) || known.aliases().contains(advisory);
  }
}
