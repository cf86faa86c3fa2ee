package dev.plumbline.evidence.bundle.release;

import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Measurement;
import dev.plumbline.evidence.model.Measurement.Relation;
import dev.plumbline.evidence.model.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A value that is asked for by a name of its own: a figure of one check.
 *
 * @param name how it is asked for
 * @param unit its unit
 * @param target what it is held against
 * @param relation how value and target relate when the target is met
 * @param check the check that it is from; empty when no check measures it
 * @param figure its figure there; empty for the first, which is the one that is judged
 * @param needs other checks that have to hold for the figure to be about what is asked
 * @param otherwise why there is no figure, where the check does not say it
 */
record NamedValue(
    String name,
    String unit,
    double target,
    Relation relation,
    String check,
    String figure,
    List<String> needs,
    String otherwise) {

  private static final String NO_CHECK = "no check of this run measures it";

  static NamedValue atMost(String name, String unit, double target, String check, String... needs) {
    return new NamedValue(
        name, unit, target, Relation.AT_MOST, check, "", List.of(needs), NO_CHECK);
  }

  static NamedValue atLeast(
      String name, String unit, double target, String check, String... needs) {
    return new NamedValue(
        name, unit, target, Relation.AT_LEAST, check, "", List.of(needs), NO_CHECK);
  }

  /** Another figure than the one that the check judges. */
  NamedValue figure(String other) {
    return new NamedValue(name, unit, target, relation, check, other, needs, otherwise);
  }

  static NamedValue never(String name, String unit, double target, String why) {
    return new NamedValue(name, unit, target, Relation.AT_MOST, "", "", List.of(), why);
  }

  /** What a run says about all of them. */
  static Map<String, Metric> all(List<NamedValue> values, Outcomes outcomes, Status absent) {
    Map<String, Metric> all = new LinkedHashMap<>();
    values.forEach(value -> all.put(value.name(), value.in(outcomes, absent)));
    return all;
  }

  private Metric in(Outcomes outcomes, Status absent) {
    Optional<CheckResult> observed = check.isEmpty() ? Optional.empty() : outcomes.observed(check);
    if (observed.isEmpty()) {
      return absent(
          absent, outcomes.checks(check).isEmpty() ? otherwise : outcomes.part(check).why());
    }
    for (String needed : needs) {
      if (!outcomes.holds(needed)) {
        return absent(absent, needed + " does not hold, so it is about something else");
      }
    }
    CheckResult judged = observed.get();
    if (figure.isEmpty() && judged.measurements().isEmpty()) {
      return counted(judged);
    }
    Optional<Measurement> measured =
        judged.measurements().stream()
            .filter(found -> figure.isEmpty() || found.name().equals(figure))
            .findFirst()
            .filter(found -> Double.isFinite(found.value()) && found.samples() > 0);
    if (measured.isEmpty()) {
      return absent(absent, "the check has no such figure");
    }
    Measurement found = measured.get();
    String title = figure.isEmpty() ? judged.title() : found.name();
    return Metric.against(title, found.value(), unit, target, relation, found.samples(), check);
  }

  /** A check without figures is told by its findings. */
  private Metric counted(CheckResult judged) {
    return switch (judged.verdict()) {
      case Verdict.Pass(long examined) -> findings(judged, 0, examined);
      case Verdict.Fail(var findings) -> findings(judged, findings.size(), findings.size());
      case Verdict.NotObserved _, Verdict.NotApplicable _, Verdict.HarnessFault _ ->
          throw new IllegalStateException(check + " was not observed");
    };
  }

  private Metric findings(CheckResult judged, int found, long samples) {
    return Metric.against(judged.title(), found, unit, target, relation, samples, check);
  }

  private Metric absent(Status status, @Nullable String why) {
    return new Metric(name.replace('_', ' '), null, unit, target, relation, status, 0, check, why);
  }
}
