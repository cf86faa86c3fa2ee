package dev.plumbline.chaos.mode;

import dev.plumbline.chaos.journal.Entry;
import dev.plumbline.chaos.journal.Entry.Sample;
import dev.plumbline.chaos.journal.Lane;
import dev.plumbline.chaos.journal.Phase;
import dev.plumbline.chaos.journal.Story;
import dev.plumbline.evidence.model.Measurement;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What every failure mode is judged on. Pure functions of the record. */
public final class Common {
  private static final double ROUNDING_MS = 0.002;

  /** Fewer answers on the direct lane say nothing about it. */
  private static final int MIN_DIRECT = 3;

  private Common() {}

  /** Judges one record. */
  public static Conclusion conclude(FailureMode mode, Story story) {
    Conclusion conclusion = new Conclusion(story);
    conclusion.measured(Measurement.of("predicted RPN", mode.predicted().rpn(), "1", 0));
    if (!story.end().harnessFault().isEmpty()) {
      conclusion.harnessFault(story.end().harnessFault());
      return conclusion;
    }
    if (!story.end().complete()) {
      conclusion.missing("the run was cut short");
      return conclusion;
    }
    if (!steadyBefore(story, conclusion)) {
      return conclusion;
    }
    witnessed(mode, story, conclusion);
    healed(story, conclusion);
    lawfulWaits(story, conclusion);
    mode.assessment().assess(story, conclusion);
    steadyAfter(story, conclusion);
    returned(story, conclusion);
    conclusion.examined(story.all(Sample.class).size());
    return conclusion;
  }

  private static boolean steadyBefore(Story story, Conclusion conclusion) {
    int needed = (int) story.header().planned("steadyInRow");
    for (Lane lane : List.of(Lane.DIRECT, Lane.PROXIED)) {
      List<Sample> before = story.samples(lane, Phase.BEFORE);
      List<Sample> last = before.subList(Math.max(0, before.size() - needed), before.size());
      if (last.size() < needed || !last.stream().allMatch(Sample::ok)) {
        conclusion.missing(
            "no steady state before the fault: fewer than "
                + needed
                + " results in a row "
                + (lane == Lane.DIRECT ? "straight from the target" : "through the proxy"));
        return false;
      }
    }
    return true;
  }

  private static void witnessed(FailureMode mode, Story story, Conclusion conclusion) {
    int proven = 0;
    for (var plan : mode.faults()) {
      List<Entry.Witness> witnesses =
          story.all(Entry.Witness.class).stream()
              .filter(w -> w.fault().startsWith(plan.label()))
              .toList();
      if (witnesses.isEmpty()) {
        conclusion.missing("the fault was not injected: " + plan.label());
      }
      for (Entry.Witness witness : witnesses) {
        conclusion.measured(
            Measurement.atLeast(
                witness.name() + ", " + witness.fault(),
                witness.value(),
                witness.unit(),
                witness.atLeast(),
                1));
        if (!witness.proves() && isServing(story, witness.fault())) {
          conclusion.harnessFault(
              "no witness saw the fault \"" + witness.fault() + "\" in the traffic");
        } else if (!witness.proves()) {
          conclusion.missing("there was no traffic that the fault could hit: " + witness.fault());
        }
      }
      if (!witnesses.isEmpty() && witnesses.stream().allMatch(Entry.Witness::proves)) {
        proven++;
      }
    }
    // G-04 holds a verdict against this: a fault nobody saw proves nothing.
    int planned = mode.faults().size();
    conclusion.measured(Measurement.atLeast("witnessed", proven, "1", planned, planned));
  }

  /** A target that serves nobody leaves a fault nothing to hit, which is not the fault's fault. */
  private static boolean isServing(Story story, String fault) {
    return story.samples(Lane.DIRECT, Phase.DURING).stream()
        .filter(sample -> sample.fault().equals(fault))
        .allMatch(Sample::ok);
  }

  private static void healed(Story story, Conclusion conclusion) {
    List<Entry.Heal> heals = story.all(Entry.Heal.class);
    int faults = story.all(Entry.Fault.class).size();
    double verified = heals.stream().filter(Entry.Heal::verified).count();
    conclusion.measured(Measurement.atLeast("healed", verified, "1", faults, faults)); // G-04
    if (heals.size() != faults || !heals.stream().allMatch(Entry.Heal::verified)) {
      conclusion.harnessFault("a fault was not healed");
    }
  }

  /** FM-25: random(0, min(cap, base × 2^n)), observed and not believed. */
  private static void lawfulWaits(Story story, Conclusion conclusion) {
    List<Entry.Wait> waits = story.all(Entry.Wait.class);
    if (waits.isEmpty()) {
      return;
    }
    double base = story.header().planned("backoffBaseMs");
    double cap = story.header().planned("backoffCapMs");
    for (Entry.Wait wait : waits) {
      double ceiling = Math.min(cap, base * Math.pow(2, wait.attempt()));
      boolean lawful =
          Math.abs(wait.ceilingMs() - ceiling) < ROUNDING_MS
              && wait.delayMs() >= 0
              && wait.delayMs() <= ceiling
              && wait.tookMs() >= wait.delayMs() - ROUNDING_MS;
      if (!lawful) {
        conclusion.harnessFault("the wait at " + wait.atMs() + " ms is no full jitter backoff");
        return;
      }
    }
    conclusion.measured(
        Measurement.atMost(
            "longest wait between attempts",
            waits.stream().mapToDouble(Entry.Wait::delayMs).max().orElse(0),
            "ms",
            cap,
            waits.size()));
  }

  private static void steadyAfter(Story story, Conclusion conclusion) {
    for (Lane lane : List.of(Lane.DIRECT, Lane.FRESH)) {
      List<Sample> after = story.samples(lane, Phase.AFTER);
      // Requests on their way straight to the target when the fault ended count, too.
      if (after.isEmpty()) {
        conclusion.missing("no request on the " + lane + " lane after healing");
      } else if (!after.getLast().ok()) {
        conclusion.broken(
            "the target does not answer after the fault is gone",
            "a result, on a fresh connection as on the old one",
            "the last request " + how(lane) + " ended as " + after.getLast().outcome(),
            "make the server drop what belongs to dead connections and keep serving the others");
      }
    }
  }

  private static String how(Lane lane) {
    return lane == Lane.DIRECT ? "straight to the target" : "on a fresh connection";
  }

  private static void returned(Story story, Conclusion conclusion) {
    List<Entry.Health> all = story.all(Entry.Health.class);
    if (all.size() < 2) {
      return;
    }
    Map<String, Double> before = all.getFirst().values();
    Map<String, Double> after = all.getLast().values();
    before.forEach(
        (name, value) -> {
          double now = after.getOrDefault(name, Double.NaN);
          conclusion.measured(
              Measurement.atMost(name + " left behind", now - value, "1", 0, all.size()));
          if (!(now <= value)) {
            conclusion.broken(
                "the target keeps " + name + " of an experiment that is over",
                "as many " + name + " as before the fault: " + value,
                now + " " + name,
                "release what belongs to a connection when it ends, however it ends");
          }
        });
  }

  /** One disturbed connection must not take others down. */
  static void others(Story story, Entry.Fault fault, Conclusion conclusion) {
    List<Sample> direct = story.samples(Lane.DIRECT, fault);
    if (direct.size() < MIN_DIRECT) {
      conclusion.missing("too few requests beside the disturbed connection: " + direct.size());
      return;
    }
    long failed = direct.stream().filter(sample -> !sample.ok()).count();
    conclusion.measured(
        Measurement.atMost(
            "requests of others that failed, " + fault.label(),
            (double) failed,
            "1",
            0,
            direct.size()));
    conclusion.measured(
        Measurement.of(
            "latency p95 of others, " + fault.label(),
            Statistics.percentile(direct.stream().mapToDouble(Sample::latencyMs).toArray(), 95),
            "ms",
            direct.size()));
    if (failed > 0) {
      conclusion.broken(
          "one disturbed connection holds up others",
          "results on other connections while one is disturbed",
          failed + " of " + direct.size() + " requests on another connection failed",
          "serve each connection independently: no shared lock or thread may wait for one of them");
    }
  }

  /** The largest time from a fault to its being noticed, held against the limit. */
  static void detection(Story story, Conclusion conclusion, List<Optional<Double>> times) {
    double limit = story.header().planned("detectLimitMs");
    if (times.isEmpty() || times.stream().anyMatch(Optional::isEmpty)) {
      conclusion.missing("the fault was not noticed");
      return;
    }
    double worst = times.stream().mapToDouble(Optional::orElseThrow).max().orElseThrow();
    conclusion.measured(
        Measurement.atMost("detection time", Statistics.rounded(worst), "ms", limit, times.size()));
    if (worst > limit) {
      // Who notices is Plumbline's own client.
      conclusion.harnessFault(
          "noticed only after " + worst + " ms, limit " + limit + " ms: the machine is too busy");
    }
  }

  /** The largest time from a healing to service, held against the limit. */
  static void recovery(Story story, Conclusion conclusion, List<Optional<Double>> times) {
    double limit = story.header().planned("recoverLimitMs");
    if (times.isEmpty()) {
      conclusion.missing("nothing was healed");
      return;
    }
    boolean never = times.stream().anyMatch(Optional::isEmpty);
    double worst =
        times.stream().flatMap(Optional::stream).mapToDouble(t -> t).max().orElse(Double.NaN);
    if (!never) {
      conclusion.measured(
          Measurement.atMost(
              "recovery time", Statistics.rounded(worst), "ms", limit, times.size()));
    }
    if (never || worst > limit) {
      conclusion.broken(
          "service is not back in time after the fault is gone",
          "a result within " + limit + " ms",
          never
              ? "no result until the experiment ended"
              : "the first result after " + worst + " ms",
          "let a client reconnect at once: accept it while older connections are still timing out");
    }
  }

  /** From each healing to the first result on the lane that was disturbed. */
  static List<Optional<Double>> recoveries(Story story) {
    return story.all(Entry.Heal.class).stream()
        .map(
            heal ->
                story.samples(Lane.PROXIED).stream()
                    .filter(s -> s.ok() && s.doneMs() >= heal.endMs() && s.atMs() >= heal.startMs())
                    .findFirst()
                    .map(s -> s.doneMs() - heal.endMs()))
        .toList();
  }
}
