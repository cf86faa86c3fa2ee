package dev.plumbline.conformance.ledger;

/**
 * Why no rule judges a clause.
 *
 * @param reason why not, in one line
 * @param testableBy what could judge it, in one line
 */
public record Exclusion(String reason, String testableBy) {
  /**
   * @throws IllegalArgumentException when either line is blank
   */
  public Exclusion {
    if (reason.isBlank() || testableBy.isBlank()) {
      throw new IllegalArgumentException("an exclusion says why and what could test the clause");
    }
  }
}
