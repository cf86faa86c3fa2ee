package dev.plumbline.evidence.model;

/** The weight of a requirement, in the words of RFC 2119. */
public enum Level {
  MUST,
  MUST_NOT,
  SHOULD,
  SHOULD_NOT;

  /** Whether breaking the requirement is a NO-GO by itself. */
  public boolean isMandatory() {
    return this == MUST || this == MUST_NOT;
  }
}
