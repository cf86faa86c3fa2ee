package dev.plumbline.ci.cli.terminal;

import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Finding;
import dev.plumbline.evidence.model.Measurement;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntBiFunction;
import java.util.stream.Collectors;

/** How far one suite is and what it found, as lines. Not thread-safe; its screen guards it. */
final class Board {
  static final int LABEL_WIDTH = 13;
  private static final int BAR_CELLS = 20;
  private static final int COUNT_WIDTH = 8;
  private static final int TALLY_WIDTH = 44;
  private static final int ID_WIDTH = 10;
  private static final int HEADLINE_NUMBERS = 3;

  /** What stands before the text of a finding: margin, mark, blank, id. */
  private static final int DETAIL_WIDTH = 3 + 1 + 1 + ID_WIDTH;

  private final Suite suite;
  private final Display display;
  private final ToIntBiFunction<Suite, CheckResult> reproducers;
  private final List<Line> details = new ArrayList<>();
  private final List<Measurement> numbers = new ArrayList<>();
  private int planned;
  private int done;
  private int pass;
  private int fail;
  private int unseen;
  private int faults;
  private String current = "";

  Board(Suite suite, Display display, ToIntBiFunction<Suite, CheckResult> reproducers) {
    this.suite = suite;
    this.display = display;
    this.reproducers = reproducers;
  }

  void planned(int checks) {
    planned = checks;
  }

  void started(String id) {
    current = id;
  }

  /** Counts a result; returns the line it deserves, or null when it deserves none. */
  void finished(CheckResult result) {
    current = "";
    switch (result.verdict()) {
      case Verdict.Pass _ -> pass++;
      case Verdict.Fail broken -> {
        fail++;
        details.add(finding(result, broken));
      }
      case Verdict.NotObserved nothing -> {
        unseen++;
        details.add(detail(display.glyphs().unseen(), Tone.UNSURE, result, nothing.missing()));
      }
      case Verdict.HarnessFault fault -> {
        faults++;
        details.add(detail("!", Tone.BAD, result, "Plumbline failed: " + fault.cause()));
      }
      case Verdict.NotApplicable _ -> {
        return;
      }
    }
    done++;
    numbers.addAll(result.measurements());
  }

  void note(String text) {
    details.add(new Line().add("   · " + text, Tone.QUIET));
  }

  /** Lines beneath the bar, oldest first. */
  List<Line> details() {
    return details;
  }

  int done() {
    return done;
  }

  int planned() {
    return Math.max(planned, done);
  }

  /** The suite's own line. */
  Line headline(Duration elapsed, boolean bar, boolean ended) {
    Line line = new Line().add(" ").pad(label(), LABEL_WIDTH, Tone.PLAIN);
    if (bar) {
      int cells = planned() == 0 ? 0 : done * BAR_CELLS / planned();
      line.add(display.glyphs().full().repeat(cells), fail + faults > 0 ? Tone.BAD : Tone.GOOD)
          .add(display.glyphs().empty().repeat(BAR_CELLS - cells), Tone.QUIET)
          .add(" ");
    }
    line.pad(done + "/" + planned(), COUNT_WIDTH, Tone.PLAIN);
    String tally = ended || current.isEmpty() ? tally() : tally() + "   " + current;
    return line.pad(tally, TALLY_WIDTH, Tone.PLAIN).add(" " + Durations.text(elapsed), Tone.QUIET);
  }

  private String label() {
    return switch (suite) {
      case CONFORMANCE -> "conformance";
      case CHAOS -> "chaos";
      case PERF -> "load";
      case RELIABILITY -> "reliability";
      case SUPPLY_CHAIN -> "supply chain";
      case REFEREE -> "official";
      case INTEROP -> "interop";
      case MUTANTS -> "mutants";
      case BENCHMARKS -> "benchmarks";
    };
  }

  private String tally() {
    List<String> parts = new ArrayList<>();
    boolean modes = suite == Suite.CHAOS;
    if (suite == Suite.PERF && !numbers.isEmpty()) {
      parts.add(headlineNumbers());
    } else {
      parts.add(pass + (modes ? " hold" : " pass"));
    }
    if (fail > 0 || suite == Suite.CONFORMANCE) {
      parts.add(fail + (modes ? (fail == 1 ? " breaks" : " break") : " fail"));
    }
    if (unseen > 0) {
      parts.add(unseen + " not observed");
    }
    if (faults > 0) {
      parts.add(faults + " harness " + (faults == 1 ? "fault" : "faults"));
    }
    return String.join("   ", parts);
  }

  private String headlineNumbers() {
    return numbers.stream()
        .sorted((a, b) -> Boolean.compare(a.limit() == null, b.limit() == null))
        .limit(HEADLINE_NUMBERS)
        .map(Board::number)
        .collect(Collectors.joining(" · "));
  }

  private static String number(Measurement measurement) {
    double value = measurement.value();
    String digits =
        value == Math.rint(value) || Math.abs(value) >= 100
            ? String.format(Locale.ROOT, "%,.0f", value)
            : String.format(Locale.ROOT, "%.2f", value);
    String unit = measurement.unit().equals("1") ? "" : " " + measurement.unit();
    return measurement.name() + " " + digits + unit;
  }

  private Line finding(CheckResult result, Verdict.Fail broken) {
    Finding first = broken.findings().getFirst();
    String more =
        broken.findings().size() > 1 ? "   and " + (broken.findings().size() - 1) + " more" : "";
    Tone tone = result.level().isMandatory() ? Tone.BAD : Tone.UNSURE;
    int number = reproducers.applyAsInt(suite, result);
    String repro = number == 0 ? "" : String.format(Locale.ROOT, "   repro %04d", number);
    String text = first.summary() + more;
    if (display.live()) {
      // What can be typed is kept when the sentence has to be cut.
      int room = display.columns() - 1 - DETAIL_WIDTH - repro.length();
      if (text.length() > room && room > 1) {
        text = text.substring(0, room - 1) + "…";
      }
    }
    return detail(display.glyphs().broken(), tone, result, text).add(repro, Tone.QUIET);
  }

  private static Line detail(String mark, Tone tone, CheckResult result, String text) {
    return new Line()
        .add("   ")
        .add(mark, tone)
        .add(" ")
        .pad(result.id(), ID_WIDTH, Tone.PLAIN)
        .add(result.id().length() < ID_WIDTH ? text : " " + text);
  }
}
