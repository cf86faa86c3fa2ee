package dev.plumbline.evidence.bundle.release;

import dev.plumbline.evidence.model.Measurement;
import dev.plumbline.evidence.model.Measurement.Relation;
import org.jspecify.annotations.Nullable;

/**
 * One figure with its target.
 *
 * @param title what it is about, one sentence
 * @param value the number; null where there is none
 * @param unit its unit, {@code 1} for plain numbers
 * @param target what it is held against; null where nothing is demanded
 * @param relation how value and target relate when the target is met; null without a target
 * @param status what became of it
 * @param samples how many samples stand behind the number
 * @param source the check, gate or suite it is from; empty where there is none
 * @param note why there is no number, or what has to be known about it; null where nothing has
 */
public record Metric(
    String title,
    @Nullable Double value,
    String unit,
    @Nullable Double target,
    @Nullable Relation relation,
    Status status,
    long samples,
    String source,
    @Nullable String note) {

  /**
   * @throws IllegalArgumentException when it claims more than there is: a status without the number
   *     and the target that it is about
   */
  public Metric {
    if ((target == null) != (relation == null)) {
      throw new IllegalArgumentException("a target needs a relation: " + title);
    }
    boolean needsTarget =
        switch (status) {
          case MET, NOT_MET -> true;
          case OBSERVED, NOT_RUN, NOT_ATTEMPTED -> false;
        };
    boolean needsValue = needsTarget || status == Status.OBSERVED;
    if (needsValue != (value != null) || (needsTarget && target == null)) {
      throw new IllegalArgumentException(title + " cannot be " + status.text());
    }
  }

  /** What a measurement found, held against its own limit. */
  static Metric of(String title, Measurement found, String source) {
    if (!Double.isFinite(found.value())) {
      return without(title, found.unit(), source, "the figure is not a number");
    }
    if (found.limit() == null || found.relation() == null) {
      return new Metric(
          title,
          found.value(),
          found.unit(),
          null,
          null,
          Status.OBSERVED,
          found.samples(),
          source,
          null);
    }
    return against(
        title,
        found.value(),
        found.unit(),
        found.limit(),
        found.relation(),
        found.samples(),
        source);
  }

  /** A number held against a target. */
  static Metric against(
      String title,
      double value,
      String unit,
      double target,
      Relation relation,
      long samples,
      String source) {
    boolean met = new Measurement(title, value, unit, target, relation, samples).holds();
    return new Metric(
        title,
        value,
        unit,
        target,
        relation,
        met ? Status.MET : Status.NOT_MET,
        samples,
        source,
        null);
  }

  /** A number that nothing is demanded of. */
  static Metric observed(String title, double value, String unit, long samples, String source) {
    return new Metric(title, value, unit, null, null, Status.OBSERVED, samples, source, null);
  }

  /** A figure whose check saw nothing. */
  static Metric without(String title, String unit, String source, String why) {
    return new Metric(title, null, unit, null, null, Status.NOT_RUN, 0, source, why);
  }
}
