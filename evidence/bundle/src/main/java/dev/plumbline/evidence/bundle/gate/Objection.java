package dev.plumbline.evidence.bundle.gate;

/**
 * What a gate has against a GO.
 *
 * @param weight which decision it forces by itself
 * @param text the reason, one line that names what is concerned
 */
public record Objection(Weight weight, String text) {

  /** The decision an objection forces; the heaviest of a run wins. */
  public enum Weight {
    INCONCLUSIVE,
    NO_GO,
    HARNESS_FAULT
  }

  /** The target or the evidence is not good enough. */
  public static Objection noGo(String text) {
    return new Objection(Weight.NO_GO, text);
  }

  /** Too little was observed. */
  public static Objection inconclusive(String text) {
    return new Objection(Weight.INCONCLUSIVE, text);
  }

  /** Plumbline failed. */
  public static Objection harnessFault(String text) {
    return new Objection(Weight.HARNESS_FAULT, text);
  }
}
