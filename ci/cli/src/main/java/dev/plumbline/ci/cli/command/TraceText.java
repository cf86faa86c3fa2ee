package dev.plumbline.ci.cli.command;

import dev.plumbline.ci.cli.requirement.Requirement;
import dev.plumbline.ci.cli.requirement.Shown;
import dev.plumbline.ci.cli.requirement.Traced;
import dev.plumbline.ci.cli.terminal.Line;
import dev.plumbline.ci.cli.terminal.Tone;
import dev.plumbline.evidence.model.Measurement;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The trace of requirements for people. */
final class TraceText {
  private static final int STATE_WIDTH = 18;
  private static final int REFERENCE_WIDTH = 20;
  private static final int DIGITS = 4;
  private static final int MOST_NUMBERS = 4;
  private static final String INDENT = "       ";

  private final Console console;

  TraceText(Console console) {
    this.console = console;
  }

  /** Every requirement with what shows it, and the sums. */
  void print(List<String> runs, List<Traced> traced) {
    traced.forEach(this::one);
    line(new Line());
    line(
        new Line()
            .add(
                " read: "
                    + (runs.isEmpty() ? "no run" : String.join(", ", runs))
                    + "; tests of the last build"));
    Map<Traced.State, Long> counts =
        traced.stream()
            .collect(Collectors.groupingBy(Traced::state, TreeMap::new, Collectors.counting()));
    line(
        new Line()
            .add(
                " "
                    + traced.size()
                    + " requirements: "
                    + counts.entrySet().stream()
                        .map(entry -> entry.getValue() + " " + word(entry.getKey()))
                        .collect(Collectors.joining(", "))));
  }

  private void one(Traced traced) {
    Requirement requirement = traced.requirement();
    String state = word(traced.state());
    if (requirement.decision() != null && traced.state() == Traced.State.DECIDED) {
      state += " by " + requirement.decision();
    }
    line(
        new Line()
            .add(" " + requirement.id() + "  ")
            .pad(state, STATE_WIDTH, tone(traced.state()))
            .add("  " + requirement.statement()));
    for (Shown shown : traced.shown()) {
      line(
          new Line()
              .add(INDENT)
              .pad(shown.reference(), REFERENCE_WIDTH, Tone.PLAIN)
              .add("  ")
              .add(numbers(shown), tone(shown.outcome()))
              .add(shown.from().isEmpty() ? "" : "  [" + shown.from() + "]", Tone.QUIET));
    }
    if (requirement.note() != null) {
      line(new Line().add(INDENT + says(traced.requirement()) + requirement.note(), Tone.QUIET));
    }
  }

  private static String says(Requirement requirement) {
    return switch (requirement.standing()) {
      case MEASURED -> "note: ";
      case PARTLY -> "not shown: ";
      case DECIDED -> "instead: ";
      case NOT_BUILT -> "belongs to: ";
      case PROCESS -> "why: ";
    };
  }

  private static String numbers(Shown shown) {
    if (shown.outcome() == Shown.Outcome.NOT_RUN) {
      return "not run: " + shown.told();
    }
    if (shown.numbers().isEmpty()) {
      return "missed: " + shown.told();
    }
    String figures =
        shown.numbers().stream()
            .filter(number -> number.limit() != null || number.equals(shown.numbers().getFirst()))
            .limit(MOST_NUMBERS)
            .map(TraceText::number)
            .collect(Collectors.joining(", "));
    return (shown.outcome() == Shown.Outcome.MISSED ? "missed: " : "") + figures;
  }

  private static String number(Measurement number) {
    String unit = number.unit().equals("1") ? "" : " " + number.unit();
    Function<Double, String> text =
        value ->
            new BigDecimal(value)
                .round(new MathContext(DIGITS))
                .stripTrailingZeros()
                .toPlainString();
    String value = number.name() + " " + text.apply(number.value()) + unit;
    Double limit = number.limit();
    return limit == null
        ? value
        : value
            + (number.relation() == Measurement.Relation.AT_MOST ? " (at most " : " (at least ")
            + text.apply(limit)
            + ", "
            + number.samples()
            + " samples)";
  }

  private static String word(Traced.State state) {
    return switch (state) {
      case SHOWN -> "shown";
      case MISSED -> "missed";
      case NOT_RUN -> "not run";
      case PARTLY -> "partly shown";
      case DECIDED -> "decided";
      case NOT_BUILT -> "not built";
      case PROCESS -> "not of software";
    };
  }

  private static Tone tone(Traced.State state) {
    return switch (state) {
      case SHOWN -> Tone.GOOD;
      case MISSED -> Tone.BAD;
      case NOT_RUN, PARTLY, NOT_BUILT -> Tone.UNSURE;
      case DECIDED, PROCESS -> Tone.PLAIN;
    };
  }

  private static Tone tone(Shown.Outcome outcome) {
    return switch (outcome) {
      case HELD -> Tone.PLAIN;
      case MISSED -> Tone.BAD;
      case NOT_RUN -> Tone.UNSURE;
    };
  }

  private void line(Line line) {
    console.out().println(line.render(console.outDisplay()));
  }
}
