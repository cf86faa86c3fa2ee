package dev.plumbline.perf.reliability.overload;

import dev.plumbline.perf.reliability.overload.OverloadRecord.Step;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the highest offered rate that a server bears, by a bounded number of steps (C2): borne
 * means no refusal, no error, and 99 of 100 answers in time, at the first or the second attempt.
 */
final class CapacitySearch {
  /** The first step asks for this share of what the server did when it was kept busy. */
  private static final double FIRST = 0.8;

  private static final double UP = 1.15;
  private static final double DOWN = 0.7;

  /** A step of which so much was answered may have met a pause: it is taken once more. */
  private static final double NEARLY = 0.99;

  /** Closer bounds say nothing more. */
  private static final double CLOSE = 1.05;

  private CapacitySearch() {}

  /** Offers a rate for a while. */
  @FunctionalInterface
  interface Trial {
    /** What came of it. */
    Step offer(double perSecond) throws IOException, InterruptedException;
  }

  /**
   * Searches.
   *
   * @param busyPerSecond what the server answered a second when it was kept busy
   * @param steps at most so many
   * @return every step in order
   */
  static List<Step> search(double busyPerSecond, int steps, Trial trial)
      throws IOException, InterruptedException {
    List<Step> done = new ArrayList<>();
    double next = busyPerSecond * FIRST;
    while (done.size() < steps) {
      Step step = trial.offer(next);
      done.add(step);
      if (nearly(step) && failures(done, next) == 1) {
        continue;
      }
      double low = capacity(done);
      double high = high(done, low);
      if (low > 0 && high / low <= CLOSE) {
        break;
      }
      if (low == 0) {
        next *= DOWN;
      } else {
        next = Double.isInfinite(high) ? low * UP : Math.sqrt(low * high);
      }
    }
    return List.copyOf(done);
  }

  private static boolean nearly(Step step) {
    return !step.borne() && step.answered() >= NEARLY * step.due();
  }

  private static long failures(List<Step> steps, double rate) {
    return steps.stream().filter(step -> !step.borne() && step.perSecond() == rate).count();
  }

  private static double high(List<Step> steps, double low) {
    return steps.stream()
        .filter(step -> !step.borne() && step.perSecond() > low)
        .mapToDouble(Step::perSecond)
        .min()
        .orElse(Double.POSITIVE_INFINITY);
  }

  /** The highest rate that was borne; 0 when none was. */
  static double capacity(List<Step> steps) {
    return steps.stream().filter(Step::borne).mapToDouble(Step::perSecond).max().orElse(0);
  }
}
