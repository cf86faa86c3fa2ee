package dev.plumbline.conformance.repro;

import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.TargetException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes a failing recording as small as it gets: leaves exchanges out, one after another, as long
 * as the judge still says the same sentence. What may be left out is asked of the target itself, by
 * replaying; where it cannot be asked, or fails only sometimes, of the judge alone.
 */
final class Reducer {
  /** Replays of one failure; each is as long as a conversation. */
  static final int MAX_REPLAYS = 40;

  private final Failing failing;
  private final Optional<Replay> target;
  private final long stopAt;
  private int replays;
  private final List<Recording> seen = new ArrayList<>();

  /**
   * @param target who can be asked; empty when nobody
   * @param time how long may be asked
   */
  Reducer(Failing failing, Optional<Replay> target, Duration time) {
    this.failing = failing;
    this.target = target;
    this.stopAt = System.nanoTime() + time.toNanos();
  }

  /**
   * A reduced recording.
   *
   * @param recording what is left, as seen last
   * @param carried what the target makes up in it
   * @param reduction how it came about
   * @param again what other replays of the same saw
   */
  record Reduced(
      Recording recording, List<Carried> carried, Way.Reduction reduction, List<Recording> again) {}

  /** Reduces the recording; it must fail as told. */
  Reduced reduce(Recording whole) throws InterruptedException {
    List<Steps.Step> all = Steps.inOrder(whole);
    List<Steps.Step> judged = byJudge(whole, all);
    Optional<List<Steps.Step>> live = byTarget(whole, all, judged);
    if (live.isPresent()) {
      Recording last = seen.getLast();
      List<Recording> others = new ArrayList<>(seen.subList(0, seen.size() - 1));
      // Once more, to learn what differs from one time to the next.
      attempt(whole, live.get()).ifPresent(others::add);
      return new Reduced(
          last,
          Carried.in(last),
          new Way.Reduction(Way.Reduction.How.LIVE, all.size(), last.count(), replays),
          others);
    }
    // Not shown on the target: what opens a conversation may matter although no judge looks at it.
    List<Steps.Step> kept = all.stream().filter(s -> judged.contains(s) || opens(s)).toList();
    Recording left = Steps.only(whole, kept);
    Recording sure = failing.isIn(left) ? left : whole;
    return new Reduced(
        sure,
        Carried.in(sure),
        new Way.Reduction(Way.Reduction.How.RECORDING, all.size(), sure.count(), replays),
        List.of());
  }

  private static boolean opens(Steps.Step step) {
    String method =
        step.exchange().sentMessage().map(m -> m.path("method").asString("")).orElse("");
    return method.equals("initialize") || method.equals("notifications/initialized");
  }

  /** What the judge needs to see. */
  private List<Steps.Step> byJudge(Recording whole, List<Steps.Step> all) {
    List<Steps.Step> kept = new ArrayList<>(all);
    for (int i = kept.size() - 1; i >= 0; i--) {
      List<Steps.Step> fewer = new ArrayList<>(kept);
      fewer.remove(i);
      if (failing.isIn(Steps.only(whole, fewer))) {
        kept = fewer;
      }
    }
    return kept;
  }

  /** What the target needs to be asked; empty when it was not seen to fail again. */
  private Optional<List<Steps.Step>> byTarget(
      Recording whole, List<Steps.Step> all, List<Steps.Step> judged) throws InterruptedException {
    List<Steps.Step> opened =
        all.stream().filter(step -> judged.contains(step) || opens(step)).toList();
    List<Steps.Step> kept = null;
    for (List<Steps.Step> candidate : List.of(judged, opened, all)) {
      if (attempt(whole, candidate).isPresent()) {
        kept = candidate;
        break;
      }
    }
    if (kept == null) {
      return Optional.empty();
    }
    for (int i = kept.size() - 1; i >= 0 && kept.size() > judged.size(); i--) {
      if (judged.contains(kept.get(i))) {
        continue;
      }
      List<Steps.Step> fewer = new ArrayList<>(kept);
      fewer.remove(i);
      if (attempt(whole, fewer).isPresent()) {
        kept = fewer;
      }
    }
    return Optional.of(kept);
  }

  /** What the target answers to these steps, when it fails in the same way. */
  private Optional<Recording> attempt(Recording whole, List<Steps.Step> steps)
      throws InterruptedException {
    if (target.isEmpty() || replays >= MAX_REPLAYS || System.nanoTime() > stopAt) {
      return Optional.empty();
    }
    replays++;
    Recording asked = Steps.only(whole, steps);
    try {
      Recording answered = target.get().of(asked, Carried.in(asked));
      if (!failing.isIn(answered)) {
        return Optional.empty();
      }
      seen.add(answered);
      return Optional.of(answered);
    } catch (TargetException | HarnessException e) {
      return Optional.empty(); // gone, or grown too large: the recording alone has to do
    }
  }
}
