package dev.plumbline.evidence.model;

/**
 * What the user decided about a run; part of the evidence.
 *
 * @param profile how long it may take
 * @param seed the source of every random choice; the same seed gives the same choices
 * @param consent what may be done to the target
 * @param loadAllowed whether load may be applied to the target
 */
public record RunSettings(Profile profile, long seed, Consent consent, boolean loadAllowed) {

  /** The seed as people see it: hexadecimal, as in {@code 7f3a}. */
  public String seedText() {
    return Long.toHexString(seed);
  }
}
