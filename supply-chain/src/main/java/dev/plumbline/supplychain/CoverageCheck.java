package dev.plumbline.supplychain;

import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Finding;
import dev.plumbline.evidence.model.Level;
import dev.plumbline.evidence.model.Measurement;
import dev.plumbline.evidence.model.Verdict;
import dev.plumbline.supplychain.ReachedLines.Room;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Holds the lines that tests reached against what decision C12 asks for. */
final class CoverageCheck {
  static final String ID = "COV-001";

  /** C12: so many lines in a hundred, overall and of each core package. */
  static final double LEAST = 80;

  /**
   * What everything else stands on: how the bundled server keeps its promises, the models of the
   * specification, and whatever judges a recording or decides. Each with its name below {@code
   * dev.plumbline}.
   */
  static final List<String> CORE =
      List.of(
          "server.machine",
          "server.limit",
          "server.domain",
          "server.registry",
          "server.session",
          "server.control",
          "server.protocol",
          "server.era",
          "server.transport",
          "server.observe",
          "conformance.model",
          "conformance.model.client",
          "conformance.rule",
          "conformance.rule.handshake",
          "conformance.rule.stateless",
          "conformance.shape",
          "evidence.bundle.gate");

  /** Defects planted on purpose: the kill matrix runs each in a process of its own (G-13). */
  private static final String PLANTED = "dev.plumbline.server.mutant";

  private static final String ROOT = "dev.plumbline.";
  private static final String PAGE = "https://www.jacoco.org/jacoco/trunk/doc/counters.html";
  private static final String LINES = "lines reached";
  private static final double PERCENT = 100;

  private CoverageCheck() {}

  static CheckResult of(@Nullable ReachedLines lines) {
    return new CheckResult(
        ID,
        "Tests reach eight lines in ten, overall and of every core package",
        Level.MUST,
        null,
        null,
        PAGE,
        lines == null
            ? new Verdict.NotObserved(
                "no table of the lines that tests reached; mvn verify makes one")
            : verdict(lines),
        lines == null ? List.of() : figures(lines),
        lines == null ? List.of() : List.of("raw/supply-chain/" + ReachedLines.FILE));
  }

  private static Verdict verdict(ReachedLines lines) {
    List<Finding> findings = new ArrayList<>();
    for (String core : CORE) {
      if (lines.packages().stream().noneMatch(room -> room.name().equals(ROOT + core))) {
        findings.add(finding(ROOT + core + " is a core package without lines", "no line"));
      }
    }
    for (Measurement figure : figures(lines)) {
      if (!figure.holds()) {
        String found = figure.value() + " % of " + figure.samples() + " lines";
        findings.add(finding(figure.name() + ": " + figure.value() + " %", found));
      }
    }
    return findings.isEmpty()
        ? new Verdict.Pass(counted(lines).lines())
        : new Verdict.Fail(findings);
  }

  private static Finding finding(String summary, String found) {
    return new Finding(
        summary,
        "the tests of the build",
        found,
        "at least " + LEAST + " %",
        found,
        "look at ci/acceptance/target/site/jacoco-aggregate/index.html and test what is red",
        List.of("raw/supply-chain/" + ReachedLines.FILE));
  }

  /** Everything together first, then each package; only core packages have a limit of their own. */
  private static List<Measurement> figures(ReachedLines lines) {
    List<Measurement> figures = new ArrayList<>();
    figures.add(demanded(LINES, counted(lines)));
    for (Room room : lines.packages()) {
      if (room.lines() > 0) {
        String name = LINES + " of " + room.name();
        figures.add(
            isCore(room)
                ? demanded(name, room)
                : Measurement.of(name, percent(room), "%", room.lines()));
      }
    }
    return figures;
  }

  /** Every package together, but what is wrong on purpose. */
  private static Room counted(ReachedLines lines) {
    return lines.packages().stream()
        .filter(room -> !room.name().equals(PLANTED))
        .reduce(new Room("", 0, 0), Room::plus);
  }

  private static Measurement demanded(String name, Room room) {
    return Measurement.atLeast(name, percent(room), "%", LEAST, room.lines());
  }

  private static boolean isCore(Room room) {
    return room.name().startsWith(ROOT) && CORE.contains(room.name().substring(ROOT.length()));
  }

  /** One digit, cut off: what falls short must not be rounded up to what is asked for. */
  private static double percent(Room room) {
    return Math.floor(10 * PERCENT * room.covered() / room.lines()) / 10.0;
  }
}
