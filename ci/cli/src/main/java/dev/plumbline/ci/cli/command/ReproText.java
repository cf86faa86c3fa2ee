package dev.plumbline.ci.cli.command;

import dev.plumbline.ci.cli.repro.Known;
import dev.plumbline.ci.cli.repro.State;
import dev.plumbline.ci.cli.terminal.Line;
import dev.plumbline.ci.cli.terminal.Tone;
import dev.plumbline.conformance.repro.Reproducer;
import dev.plumbline.conformance.repro.Rerun;
import dev.plumbline.conformance.repro.Way;
import dev.plumbline.evidence.model.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reproducers as people read them. */
final class ReproText {
  private static final int LABEL = 9;
  private static final int ID = 21;
  private static final int CHECK = 11;
  private static final int AGE = 6;
  private static final int STATE = 28;
  private static final int OUTCOME = 17;
  private static final int MAX_ROWS = 12;

  private final Console console;

  ReproText(Console console) {
    this.console = console;
  }

  /** What is going to be replayed. */
  void reproducer(Reproducer reproducer) {
    row(
        "repro",
        reproducer.id()
            + " · "
            + reproducer.check()
            + " · "
            + reproducer.level().name().replace('_', ' ')
            + " · "
            + how(reproducer));
    row("target", reproducer.target().name() + " " + reproducer.target().version());
    row("clause", reproducer.title());
    row("page", reproducer.page());
  }

  static String how(Reproducer reproducer) {
    return switch (reproducer.way()) {
      case Way.Command command -> "plumbline " + String.join(" ", command.words());
      case Way.Replay replay -> {
        Way.Reduction reduction = replay.reduction();
        String size = reduction.to() == 1 ? "1 exchange" : reduction.to() + " exchanges";
        yield size
            + (reduction.to() < reduction.from() ? " of " + reduction.from() : "")
            + switch (reduction.how()) {
              case LIVE -> ", shown on the server";
              case RECORDING -> ", shown on the recording";
            };
      }
    };
  }

  /** What came of it. */
  void rerun(Reproducer reproducer, Rerun again) {
    Finding shown = again.finding().orElse(null);
    if (shown != null) {
      console.out().println();
      block("sent", shown.sent());
      block("received", shown.received());
      row("expected", shown.expected());
      row("actual", shown.actual());
      row("to fix", shown.fix());
    }
    console.out().println();
    print(
        new Line()
            .add(" ")
            .add(word(again.outcome()), tone(again.outcome()))
            .add("   " + again.told()));
    if (again.outcome() == Rerun.Outcome.GONE) {
      print(new Line().add("   " + console.command() + " repro fix " + reproducer.id()));
    }
  }

  private static String word(Rerun.Outcome outcome) {
    return switch (outcome) {
      case REPRODUCED -> "REPRODUCED";
      case FAILS_OTHERWISE -> "FAILS OTHERWISE";
      case GONE -> "NO LONGER THERE";
      case UNCLEAR -> "UNCLEAR";
    };
  }

  private static Tone tone(Rerun.Outcome outcome) {
    return switch (outcome) {
      case REPRODUCED, FAILS_OTHERWISE -> Tone.NO_GO;
      case GONE -> Tone.GO;
      case UNCLEAR -> Tone.UNSURE;
    };
  }

  /** What came of one of many. */
  void line(Known known, Rerun again) {
    Reproducer newest = known.newest();
    print(
        new Line()
            .add(" ")
            .pad(newest.id(), ID, Tone.PLAIN)
            .pad(newest.check(), CHECK, Tone.PLAIN)
            .add(newest.check().length() < CHECK ? "" : " ")
            .pad(word(again.outcome()), OUTCOME, tone(again.outcome()))
            .pad(known.state().word(), STATE, tone(known.state()))
            .add(again.told()));
  }

  /** What came of all of them. */
  void sum(Map<Rerun.Outcome, Integer> counts) {
    int all = counts.values().stream().mapToInt(Integer::intValue).sum();
    if (all == 0) {
      say("no reproducer was found");
      return;
    }
    console.out().println();
    Line line = new Line().add(" ").add(all + " replayed:");
    counts.forEach(
        (outcome, count) -> line.add("   " + count + " ").add(word(outcome), tone(outcome)));
    print(line);
  }

  /** One line each. */
  void list(List<Known> known, Instant now) {
    for (Known one : known) {
      Reproducer newest = one.newest();
      print(
          new Line()
              .add(" ")
              .pad(newest.id(), ID, Tone.PLAIN)
              .pad(newest.check(), CHECK, Tone.PLAIN)
              .add(newest.check().length() < CHECK ? "" : " ")
              .pad(age(newest.created(), now), AGE, Tone.QUIET)
              .pad(one.state().word(), STATE, tone(one.state()))
              .add(newest.finding().summary())
              .add(one.seen() > 1 ? "   found " + one.seen() + " times" : "", Tone.QUIET));
    }
  }

  static String age(Instant from, Instant now) {
    Duration age = Duration.between(from, now);
    return age.toDays() > 0
        ? age.toDays() + " d"
        : age.toHours() > 0 ? age.toHours() + " h" : Math.max(0, age.toMinutes()) + " min";
  }

  private static Tone tone(State state) {
    return switch (state) {
      case State.Unfixed _, State.BackAgain _, State.Expired _ -> Tone.BAD;
      case State.Accepted _ -> Tone.UNSURE;
      case State.Fixed _ -> Tone.GOOD;
    };
  }

  /** One line of what follows. */
  void say(String text) {
    print(new Line().add(" ").add(text));
  }

  /** A line below another one. */
  void below(String text) {
    print(new Line().add("   · " + text, Tone.QUIET));
  }

  private void row(String label, String text) {
    print(new Line().add(" ").pad(label, LABEL, Tone.QUIET).add(text));
  }

  private void block(String label, String text) {
    List<String> rows = text.lines().toList();
    for (int i = 0; i < Math.min(rows.size(), MAX_ROWS); i++) {
      row(i == 0 ? label : "", rows.get(i));
    }
    if (rows.size() > MAX_ROWS) {
      row("", String.format(Locale.ROOT, "… and %d more lines", rows.size() - MAX_ROWS));
    }
  }

  private void print(Line line) {
    console.out().println(line.render(console.outDisplay()));
  }
}
