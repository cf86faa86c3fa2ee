package dev.plumbline.conformance.explore;

import dev.plumbline.conformance.explore.Explorer.Taken;
import dev.plumbline.conformance.model.Walk;
import dev.plumbline.evidence.model.HarnessException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes walks beside each other, since most of a walk is waiting for the target: each on a
 * conversation of its own and with choices that follow from its number, in whatever order they end.
 */
final class Crew {
  /** So many walks in a row without an end say that nothing will be seen. */
  private static final int HOPELESS = 20;

  /** Makes one walk. */
  @FunctionalInterface
  interface Attempt {
    /** The walk of that number, counted from 0. */
    Taken take(int walk) throws HarnessException, InterruptedException;
  }

  /**
   * What was made.
   *
   * @param walks how many walks; when one failed, up to and with the first of those that failed
   * @param steps how many steps they had
   * @param unclear how many could not be finished
   * @param why why one of them could not
   * @param shown the first that failed, otherwise one that was finished, otherwise any
   */
  record Made(int walks, long steps, int unclear, String why, Taken shown) {}

  private final Budget budget;
  private final Attempt attempt;
  private final IntConsumer told;
  private final long until;
  private int begun;
  private int ended;
  private int unclear;
  private int inARow;
  private String why = "";
  private long steps;
  private boolean over;
  private int shownWalk;
  private @Nullable Taken shown;

  /** A crew that tells how many walks have ended, one call at a time. */
  Crew(Budget budget, Attempt attempt, IntConsumer told) {
    this.budget = budget;
    this.attempt = attempt;
    this.told = told;
    this.until = System.nanoTime() + budget.time().toNanos();
  }

  /** Walks until a walk failed or the budget is spent. */
  Made work() throws HarnessException, InterruptedException {
    List<Future<?>> hands = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int hand = 0; hand < Math.min(budget.atOnce(), budget.walks()); hand++) {
        hands.add(threads.submit(this::walk));
      }
      for (Future<?> hand : hands) {
        var _ = hand.get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof HarnessException fault
          ? fault
          : new HarnessException("a walk broke off: " + e.getCause(), e);
    }
    return made();
  }

  private @Nullable Void walk() throws HarnessException, InterruptedException {
    try {
      for (Optional<Integer> next = next(); next.isPresent(); next = next()) {
        ended(next.get(), attempt.take(next.get()));
      }
      return null;
    } finally {
      // Whatever ended one ends all.
      stop();
    }
  }

  private synchronized void stop() {
    over = true;
  }

  /** The number of the next walk; the first one is made whatever time it takes. */
  private synchronized Optional<Integer> next() {
    over |= begun > 0 && System.nanoTime() >= until;
    return over || begun == budget.walks() ? Optional.empty() : Optional.of(begun++);
  }

  private synchronized void ended(int number, Taken taken) {
    Walk walk = taken.walk();
    ended++;
    steps += walk.labels().size();
    boolean finished = walk.unclear().isEmpty();
    unclear += finished ? 0 : 1;
    why = why.isEmpty() ? walk.unclear() : why;
    inARow = finished ? 0 : inARow + 1;
    over |= walk.failed() || inARow >= HOPELESS;
    Taken before = shown;
    if (before == null || isBetter(number, walk, before.walk())) {
      shown = taken;
      shownWalk = number;
    }
    told.accept(ended);
  }

  /** One that failed is better to show, then one that was finished, and among equals the first. */
  private boolean isBetter(int number, Walk one, Walk other) {
    int order = Integer.compare(rank(one), rank(other));
    return order > 0 || (order == 0 && number < shownWalk);
  }

  private static int rank(Walk walk) {
    return walk.failed() ? 2 : walk.unclear().isEmpty() ? 1 : 0;
  }

  private synchronized Made made() throws HarnessException {
    Taken best = shown;
    if (best == null) {
      throw new HarnessException("no walk was made");
    }
    int walks = best.walk().failed() ? shownWalk + 1 : ended;
    return new Made(walks, steps, unclear, why, best);
  }
}
