package dev.plumbline.conformance.ledger;

/**
 * Why no rule judges a clause.
 *
 * @param reason why not, in one line; what stands before a colon is its kind
 * @param testableBy what could judge it, in one line
 */
public record Exclusion(String reason, String testableBy) {
  /** The kind of a clause that a rule could judge and none does yet. */
  public static final String NO_RULE_YET = "no rule yet";

  /**
   * @throws IllegalArgumentException when either line is blank
   */
  public Exclusion {
    if (reason.isBlank() || testableBy.isBlank()) {
      throw new IllegalArgumentException("an exclusion says why and what could test the clause");
    }
  }

  /** The reason without what is special to this clause, for counting. */
  public String kind() {
    int colon = reason.indexOf(':');
    return (colon < 0 ? reason : reason.substring(0, colon)).strip();
  }
}
