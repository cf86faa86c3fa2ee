package dev.plumbline.perf.reliability;

import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Finding;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.Judge;
import dev.plumbline.evidence.model.Level;
import dev.plumbline.evidence.model.Measurement;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.SuiteResult;
import dev.plumbline.evidence.model.Transport;
import dev.plumbline.evidence.model.Verdict;
import dev.plumbline.perf.reliability.demand.Demand;
import dev.plumbline.perf.reliability.demand.Demands;
import dev.plumbline.perf.reliability.demand.Figure;
import dev.plumbline.perf.reliability.demand.Figures;
import dev.plumbline.perf.reliability.demand.NamedTargets;
import dev.plumbline.perf.reliability.demand.Premise;
import dev.plumbline.perf.reliability.raw.Part;
import dev.plumbline.perf.reliability.raw.ReliabilityPlan;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Recomputes every demand's verdict and numbers from {@code raw/reliability}. */
public final class ReliabilityJudge implements Judge {
  /** Away with what is not the number but its binary form. */
  private static final int DIGITS = 12;

  private static final int TOLD_DIGITS = 6;

  @Override
  public Suite suite() {
    return Suite.RELIABILITY;
  }

  @Override
  public SuiteResult judge(Path raw) throws IOException {
    ReliabilityPlan plan = Json.read(raw.resolve(ReliabilityPlan.FILE), ReliabilityPlan.class);
    Map<String, String> facts = new TreeMap<>(plan.facts());
    facts.putAll(targets(raw, plan.entries()));
    List<CheckResult> checks = new ArrayList<>();
    for (ReliabilityPlan.Entry entry : plan.entries()) {
      checks.addAll(checks(raw, entry));
    }
    return new SuiteResult(Suite.RELIABILITY, checks, facts);
  }

  /** The named targets are no demands: nobody ever measured them (C2). */
  private static Map<String, String> targets(Path raw, List<ReliabilityPlan.Entry> entries)
      throws IOException {
    Map<Part, Figures> measured = new EnumMap<>(Part.class);
    for (ReliabilityPlan.Entry entry : entries) {
      if (entry.state() == ReliabilityPlan.State.RUN && NamedTargets.PARTS.contains(entry.part())) {
        measured.put(entry.part(), Figures.read(entry.part(), raw.resolve(entry.part().id())));
      }
    }
    return NamedTargets.of(measured);
  }

  /** The results of one part, a demand each. */
  static List<CheckResult> checks(Path raw, ReliabilityPlan.Entry entry) throws IOException {
    List<Demand> demands = Demands.of(entry.part());
    return switch (entry.state()) {
      case NOT_APPLICABLE -> all(demands, new Verdict.NotApplicable(entry.reason()));
      case NOT_OBSERVED -> all(demands, new Verdict.NotObserved(entry.reason()));
      case HARNESS_FAULT -> all(demands, new Verdict.HarnessFault(entry.reason()));
      case RUN -> ran(raw, entry.part(), demands);
    };
  }

  private static List<CheckResult> all(List<Demand> demands, Verdict verdict) {
    return demands.stream()
        .map(demand -> result(demand, verdict, List.of(), List.of(file(ReliabilityPlan.FILE))))
        .toList();
  }

  private static List<CheckResult> ran(Path raw, Part part, List<Demand> demands)
      throws IOException {
    Path folder = raw.resolve(part.id());
    Figures figures = Figures.read(part, folder);
    List<String> files = files(raw, folder);
    List<CheckResult> checks = new ArrayList<>();
    Optional<Verdict> fault = fault(part, figures);
    List<Measurement> health = health(part, figures);
    for (Demand demand : demands) {
      Verdict verdict = fault.orElseGet(() -> verdict(demand, figures, files));
      List<Measurement> measurements = new ArrayList<>(measurements(demand, figures));
      measurements.addAll(health);
      checks.add(result(demand, verdict, measurements, files));
    }
    return checks;
  }

  /** Why the part says nothing about the server; empty when it does. */
  private static Optional<Verdict> fault(Part part, Figures figures) {
    for (Premise premise : Demands.premises(part)) {
      Optional<Figure> figure = figures.named(premise.figure());
      if (!holds(figures, premise)) {
        String value = figure.map(f -> text(f.value()) + " " + f.unit()).orElse("not measured");
        return Optional.of(
            new Verdict.HarnessFault(
                premise.otherwise()
                    + " ("
                    + premise.figure()
                    + " "
                    + value
                    + ", limit "
                    + text(premise.limit())
                    + ")"));
      }
    }
    return Optional.empty();
  }

  private static boolean holds(Figures figures, Premise premise) {
    return figures.named(premise.figure()).map(f -> limited(f, premise).holds()).orElse(false);
  }

  private static Measurement limited(Figure figure, Premise premise) {
    return new Measurement(
        figure.name(),
        rounded(figure.value()),
        figure.unit(),
        premise.limit(),
        premise.relation(),
        figure.samples());
  }

  private static List<Measurement> health(Part part, Figures figures) {
    return Demands.premises(part).stream()
        .filter(premise -> premise.figure().startsWith("generator"))
        .flatMap(premise -> figures.named(premise.figure()).map(f -> limited(f, premise)).stream())
        .toList();
  }

  private static Verdict verdict(Demand demand, Figures figures, List<String> files) {
    Optional<Premise> missing = demand.given().filter(premise -> !holds(figures, premise));
    if (missing.isPresent()) {
      return new Verdict.NotApplicable(missing.get().otherwise());
    }
    Optional<Figure> figure = figures.named(demand.figure());
    if (figure.isEmpty() || figure.get().samples() < 1) {
      return new Verdict.NotObserved("the part did not measure: " + demand.figure());
    }
    Measurement measured = limited(figure.get(), demand);
    return measured.holds()
        ? new Verdict.Pass(measured.samples())
        : new Verdict.Fail(finding(demand, measured, figures, files));
  }

  private static Measurement limited(Figure figure, Demand demand) {
    return new Measurement(
        figure.name(),
        rounded(figure.value()),
        figure.unit(),
        demand.limit(),
        demand.relation(),
        figure.samples());
  }

  private static List<Measurement> measurements(Demand demand, Figures figures) {
    List<Measurement> all = new ArrayList<>();
    figures.named(demand.figure()).ifPresent(figure -> all.add(limited(figure, demand)));
    for (String name : demand.beside()) {
      figures
          .named(name)
          .ifPresent(
              f -> all.add(Measurement.of(f.name(), rounded(f.value()), f.unit(), f.samples())));
    }
    return all;
  }

  private static Finding finding(
      Demand demand, Measurement measured, Figures figures, List<String> files) {
    String word = measured.relation() == Measurement.Relation.AT_MOST ? "at most " : "at least ";
    List<String> seen = new ArrayList<>();
    for (String name : demand.beside()) {
      figures
          .named(name)
          .ifPresent(f -> seen.add(f.name() + " " + text(f.value()) + unit(f.unit())));
    }
    return new Finding(
        "not so: " + demand.title(),
        "see part " + demand.part().id(),
        seen.isEmpty() ? "see the raw files" : String.join(", ", seen),
        demand.figure() + " " + word + text(demand.limit()) + unit(measured.unit()),
        text(measured.value())
            + unit(measured.unit())
            + ", of "
            + measured.samples()
            + (measured.samples() == 1 ? " sample" : " samples"),
        demand.fix(),
        files);
  }

  private static CheckResult result(
      Demand demand, Verdict verdict, List<Measurement> measurements, List<String> files) {
    return new CheckResult(
        demand.id(),
        demand.title(),
        Level.MUST,
        null,
        demand.part().main().isEmpty() ? Transport.HTTP : null,
        demand.source(),
        verdict,
        measurements,
        files);
  }

  /**
   * The part's own files, by name; what a generator's report is made of is left to the manifest.
   */
  private static List<String> files(Path raw, Path folder) throws IOException {
    try (Stream<Path> found = Files.list(folder)) {
      return Stream.concat(
              Stream.of(file(ReliabilityPlan.FILE)),
              found
                  .filter(Files::isRegularFile)
                  .map(path -> file(raw.relativize(path).toString().replace('\\', '/')))
                  .sorted())
          .toList();
    }
  }

  private static String file(String name) {
    return "raw/" + Suite.RELIABILITY.id() + "/" + name;
  }

  private static String unit(String unit) {
    return unit.equals("1") ? "" : " " + unit;
  }

  private static double rounded(double value) {
    return Double.isFinite(value)
        ? new BigDecimal(value).round(new MathContext(DIGITS)).doubleValue()
        : Double.MAX_VALUE;
  }

  private static String text(double value) {
    return new BigDecimal(value)
        .round(new MathContext(TOLD_DIGITS))
        .stripTrailingZeros()
        .toPlainString();
  }
}
