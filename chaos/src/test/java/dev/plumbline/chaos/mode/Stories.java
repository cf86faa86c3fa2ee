package dev.plumbline.chaos.mode;

import dev.plumbline.chaos.journal.Entry;
import dev.plumbline.chaos.journal.Entry.Sample;
import dev.plumbline.chaos.journal.Lane;
import dev.plumbline.chaos.journal.Outcome;
import dev.plumbline.chaos.journal.Phase;
import dev.plumbline.chaos.journal.Story;
import dev.plumbline.chaos.proxy.Backend;
import dev.plumbline.evidence.model.Era;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A record of FM-07 as a healthy server gives it, to be spoiled by tests. */
public final class Stories {
  private static final Map<String, Double> PLAN =
      Map.of(
          "steadyInRow", 3.0,
          "detectLimitMs", 1_500.0,
          "recoverLimitMs", 5_000.0,
          "backoffBaseMs", 100.0,
          "backoffCapMs", 16_000.0);

  private Stories() {}

  /** Two stalls, each seen, healed and survived. */
  public static Story stall() {
    List<Entry> entries = new ArrayList<>();
    entries.add(health(0));
    for (int i = 0; i < 3; i++) {
      entries.add(sample(i, 1, Lane.DIRECT, Phase.BEFORE, Outcome.OK, ""));
      entries.add(sample(i, 1, Lane.PROXIED, Phase.BEFORE, Outcome.OK, ""));
    }
    double at = 100;
    for (String label : List.of("answers stalled", "both directions stalled")) {
      entries.add(sample(at, 1_001, Lane.PROXIED, Phase.DURING, Outcome.TIMEOUT, label));
      for (int i = 1; i <= 3; i++) {
        entries.add(sample(at + i, 1, Lane.DIRECT, Phase.DURING, Outcome.OK, label));
      }
      entries.add(new Entry.Witness(at + 1_002, label, "swallowed bytes", 500, 1, "B"));
      entries.add(new Entry.Heal(at + 1_002, at + 1_003, label, true));
      entries.add(new Entry.Fault(at, at + 1_002, label, "#d1495b", List.of("timeout")));
      entries.add(new Entry.Wait(at + 1_010, label, 0, 100, 40, 41));
      entries.add(sample(at + 1_051, 2, Lane.PROXIED, Phase.AFTER, Outcome.OK, ""));
      at += 2_000;
    }
    entries.add(sample(at, 2, Lane.FRESH, Phase.AFTER, Outcome.OK, ""));
    entries.add(sample(at + 5, 2, Lane.DIRECT, Phase.AFTER, Outcome.OK, ""));
    entries.add(health(0));
    return story(entries, new Entry.End(entries.size() + 1, true, ""));
  }

  static Entry.Health health(double sessions) {
    return new Entry.Health(0, Phase.BEFORE, Map.of("sessions", sessions));
  }

  private static Sample sample(
      double at, double latency, Lane lane, Phase phase, Outcome outcome, String fault) {
    return new Sample(at, latency, lane, phase, outcome, fault, 0, 1_000, 0, "none");
  }

  private static Story story(List<Entry> entries, Entry.End end) {
    Entry.Header header =
        new Entry.Header(
            Entry.Header.SCHEMA,
            "FM-07",
            Era.STATELESS,
            "server/discover",
            new Backend(Backend.Kind.EMBEDDED, "1", ""),
            "7f3a",
            PLAN);
    return new Story("FM-07.jsonl", header, entries, end);
  }

  /** The same with every entry of a kind replaced. */
  static <E extends Entry> Story with(Class<E> kind, UnaryOperator<E> edit) {
    List<Entry> edited =
        stall().entries().stream()
            .map(entry -> kind.isInstance(entry) ? (Entry) edit.apply(kind.cast(entry)) : entry)
            .toList();
    return story(edited, stall().end());
  }

  /** The same with another end. */
  static Story ending(Entry.End end) {
    return story(stall().entries(), end);
  }

  /** The same with its last entry replaced. */
  static Story endingWith(Entry last) {
    List<Entry> entries = new ArrayList<>(stall().entries());
    entries.set(entries.size() - 1, last);
    return story(entries, stall().end());
  }

  /** A request with another outcome. */
  static Sample ended(Sample sample, Outcome outcome) {
    return new Sample(
        sample.atMs(),
        sample.latencyMs(),
        sample.lane(),
        sample.phase(),
        outcome,
        sample.fault(),
        sample.attempt(),
        sample.deadlineMs(),
        sample.injectedMs(),
        sample.session());
  }
}
