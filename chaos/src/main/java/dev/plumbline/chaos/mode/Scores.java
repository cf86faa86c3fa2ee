package dev.plumbline.chaos.mode;

/**
 * The predicted weight of a failure mode, each from 1 to 10.
 *
 * @param severity how bad it is
 * @param occurrence how often it happens
 * @param detection how hard it is to notice
 */
public record Scores(int severity, int occurrence, int detection) {
  /**
   * @throws IllegalArgumentException when a score is not within 1 and 10
   */
  public Scores {
    if (outside(severity) || outside(occurrence) || outside(detection)) {
      throw new IllegalArgumentException("scores go from 1 to 10");
    }
  }

  private static boolean outside(int score) {
    return score < 1 || score > 10;
  }

  /** The risk priority number. */
  public int rpn() {
    return severity * occurrence * detection;
  }
}
