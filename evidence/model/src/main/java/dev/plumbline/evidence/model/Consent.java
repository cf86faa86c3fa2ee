package dev.plumbline.evidence.model;

/**
 * What the owner of a target allows. Grants are ordered: {@code DESTRUCTIVE} includes {@code
 * CREATES} includes {@code READ_ONLY}. Permission to apply load is granted apart, in {@link
 * RunSettings#loadAllowed()}.
 */
public enum Consent {
  READ_ONLY,
  CREATES,
  DESTRUCTIVE;

  /** Whether a grant of this level covers an action that needs {@code needed}. */
  public boolean covers(Consent needed) {
    return compareTo(needed) >= 0;
  }

  /** The name in files and on the command line. */
  public String id() {
    return Names.toId(this);
  }
}
