package dev.plumbline.conformance.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes a failing walk small: deletes choices, lowers those that are left and lets high ones wait,
 * as long as the same clause stays broken. The result is a walk from which no choice and no pair of
 * choices can be deleted and of which no choice can be lowered, unless the bound on attempts was
 * reached.
 *
 * @param <X> what is thrown when our own side fails
 */
public final class Shrinker<X extends Exception> {
  /** How often a walk is tried again at most. */
  public static final int MAX_ATTEMPTS = 6_000;

  /** Pairs are deleted from walks up to this length. */
  private static final int MAX_PAIRED = 40;

  /** How much higher a choice may become when an earlier one is deleted. */
  private static final int RAISED = 3;

  /** How far choices are shifted together. */
  private static final int SHIFTED = 4;

  /** In walks up to this length two choices are changed at once. */
  private static final int SHORT = 8;

  /** Of walks up to this length every smaller one is tried, */
  private static final int EXHAUSTED = 3;

  /** with choices below this number. */
  private static final int DIGITS = 10;

  /**
   * Walks with these choices.
   *
   * @param <X> what is thrown when our own side fails
   */
  @FunctionalInterface
  public interface Attempt<X extends Exception> {
    /** What came of it. */
    Walk walk(List<Integer> choices) throws X, InterruptedException;
  }

  private final Attempt<X> attempt;
  private final int limit;
  private final Set<List<Integer>> tried = new HashSet<>();
  private Walk best;
  private int attempts;

  private Shrinker(Walk failing, Attempt<X> attempt, int limit) {
    this.best = failing;
    this.attempt = attempt;
    this.limit = limit;
  }

  /**
   * The smallest walk found that breaks the same clause.
   *
   * @throws IllegalArgumentException when the walk did not fail
   */
  public static <X extends Exception> Walk shrink(Walk failing, Attempt<X> attempt)
      throws X, InterruptedException {
    return shrink(failing, attempt, MAX_ATTEMPTS);
  }

  /** The same with another bound on attempts. */
  public static <X extends Exception> Walk shrink(Walk failing, Attempt<X> attempt, int limit)
      throws X, InterruptedException {
    if (!failing.failed()) {
      throw new IllegalArgumentException("only a walk that failed can be made smaller");
    }
    return new Shrinker<>(failing, attempt, limit).shrunk();
  }

  private Walk shrunk() throws X, InterruptedException {
    boolean smaller = true;
    while (smaller && attempts < limit) {
      smaller = chunks();
      smaller |= lowered();
      smaller |= swapped();
      smaller |= single();
      smaller |= shifted();
      smaller |= pairs();
      smaller = smaller || twofold();
    }
    exhausted();
    return best;
  }

  /** Deletes runs of choices, long ones first. */
  private boolean chunks() throws X, InterruptedException {
    boolean any = false;
    for (int size = best.choices().size() / 2; size >= 1; size /= 2) {
      for (int from = best.choices().size() - size; from >= 0; from--) {
        int end = from + size;
        if (end <= best.choices().size() && holds(without(from, end))) {
          any = true;
        }
      }
    }
    return any;
  }

  /** Lowers each choice to the lowest that still fails. */
  private boolean lowered() throws X, InterruptedException {
    boolean any = false;
    for (int at = 0; at < best.choices().size(); at++) {
      for (int to = 0; at < best.choices().size() && to < best.choices().get(at); to++) {
        if (holds(with(at, to))) {
          any = true;
        }
      }
    }
    return any;
  }

  /** Lets what costs a higher choice wait, as far as the order does not matter. */
  private boolean swapped() throws X, InterruptedException {
    boolean any = false;
    for (int at = 0; at + 1 < best.choices().size(); at++) {
      int later = best.choices().get(at + 1);
      if (best.choices().get(at) > later) {
        List<Integer> changed = with(at + 1, best.choices().get(at));
        changed.set(at, later);
        any |= holds(changed);
      }
    }
    return any;
  }

  /** Deletes one choice and changes a later one: what is deleted may have offered commands. */
  private boolean single() throws X, InterruptedException {
    boolean any = false;
    for (int gone = best.choices().size() - 1; gone >= 0; gone--) {
      any |= gone < best.choices().size() && single(gone);
    }
    return any;
  }

  private boolean single(int gone) throws X, InterruptedException {
    List<Integer> fewer = without(gone, gone + 1);
    for (int at = gone; at < fewer.size(); at++) {
      for (int to = 0; to <= fewer.get(at) + RAISED; to++) {
        List<Integer> candidate = new ArrayList<>(fewer);
        candidate.set(at, to);
        if (holds(candidate)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Deletes one choice and shifts all later ones from some number on: others moved up or down. */
  private boolean shifted() throws X, InterruptedException {
    boolean any = false;
    for (int gone = best.choices().size() - 1; gone >= 0; gone--) {
      any |= gone < best.choices().size() && shifted(gone);
    }
    return any;
  }

  private boolean shifted(int gone) throws X, InterruptedException {
    List<Integer> fewer = without(gone, gone + 1);
    Set<Integer> numbers = new TreeSet<>(fewer.subList(gone, fewer.size()));
    for (int by = -SHIFTED; by <= SHIFTED; by++) {
      for (int from : numbers) {
        if (by != 0 && from + by >= 0) {
          List<Integer> candidate = new ArrayList<>(fewer);
          for (int at = gone; at < candidate.size(); at++) {
            int choice = candidate.get(at);
            candidate.set(at, choice >= from ? choice + by : choice);
          }
          if (holds(candidate)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** Of short walks: deletes one choice and changes two later ones, which undoes an order. */
  private boolean twofold() throws X, InterruptedException {
    if (best.choices().size() > SHORT) {
      return false;
    }
    for (int gone = 0; gone < best.choices().size(); gone++) {
      List<Integer> fewer = without(gone, gone + 1);
      for (int one = gone; one < fewer.size(); one++) {
        for (int two = one + 1; two < fewer.size(); two++) {
          if (holdsWithAny(fewer, one, two)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private boolean holdsWithAny(List<Integer> fewer, int one, int two)
      throws X, InterruptedException {
    for (int first = 0; first <= fewer.get(one) + RAISED; first++) {
      for (int second = 0; second <= fewer.get(two) + RAISED; second++) {
        List<Integer> candidate = new ArrayList<>(fewer);
        candidate.set(one, first);
        candidate.set(two, second);
        if (holds(candidate)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Of very short walks all that are smaller are tried. */
  private void exhausted() throws X, InterruptedException {
    for (int size = 1; size <= Math.min(EXHAUSTED, best.choices().size()); size++) {
      int all = (int) Math.pow(DIGITS, size);
      for (int number = 0; number < all; number++) {
        List<Integer> candidate = new ArrayList<>();
        for (int place = all / DIGITS; place > 0; place /= DIGITS) {
          candidate.add(number / place % DIGITS);
        }
        if (best.choices().size() > EXHAUSTED || !isSmaller(candidate, best.choices())) {
          return;
        }
        if (holds(candidate)) {
          return;
        }
      }
    }
  }

  /** Deletes two choices that stand apart. */
  private boolean pairs() throws X, InterruptedException {
    boolean any = false;
    if (best.choices().size() > MAX_PAIRED) {
      return false;
    }
    for (int later = best.choices().size() - 1; later > 0; later--) {
      for (int earlier = later - 1; earlier >= 0; earlier--) {
        if (later < best.choices().size()) {
          List<Integer> fewer = without(later, later + 1);
          fewer.remove(/* index */ earlier);
          any |= holds(fewer);
        }
      }
    }
    return any;
  }

  private List<Integer> without(int from, int end) {
    List<Integer> fewer = new ArrayList<>(best.choices());
    fewer.subList(from, end).clear();
    return fewer;
  }

  private List<Integer> with(int at, int choice) {
    List<Integer> changed = new ArrayList<>(best.choices());
    changed.set(at, choice);
    return changed;
  }

  /** Tries it, and keeps what really was walked when the same clause is broken. */
  private boolean holds(List<Integer> candidate) throws X, InterruptedException {
    if (candidate.isEmpty() || attempts >= limit || !tried.add(candidate)) {
      return false;
    }
    attempts++;
    Walk walk = attempt.walk(candidate);
    boolean same =
        walk.failed()
            && walk.breach().orElseThrow().clause().equals(best.breach().orElseThrow().clause());
    if (same && isSmaller(walk.choices(), best.choices())) {
      best = walk;
      return true;
    }
    return false;
  }

  /** Shorter is smaller; of the same length, the one that is lower where they first differ. */
  static boolean isSmaller(List<Integer> one, List<Integer> other) {
    if (one.size() != other.size()) {
      return one.size() < other.size();
    }
    for (int i = 0; i < one.size(); i++) {
      if (!one.get(i).equals(other.get(i))) {
        return one.get(i) < other.get(i);
      }
    }
    return false;
  }
}
