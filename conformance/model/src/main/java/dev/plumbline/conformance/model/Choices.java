package dev.plumbline.conformance.model;

import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/** The source of the choices a walk makes; each picks one among the commands of a state. */
@FunctionalInterface
public interface Choices {
  /**
   * The next choice.
   *
   * @param bound how many commands there are, at least one
   * @return a number below the bound; empty when the walk ends here
   */
  OptionalInt next(int bound);

  /** Random choices; the walk is given a length between 1 and the limit. */
  static Choices random(long seed, int limit) {
    SplittableRandom random = new SplittableRandom(seed);
    int length = 1 + random.nextInt(limit);
    int[] taken = {0};
    return bound ->
        taken[0]++ < length ? OptionalInt.of(random.nextInt(bound)) : OptionalInt.empty();
  }

  /** These choices; a number that is too high counts on from the first command again. */
  static Choices of(List<Integer> choices) {
    int[] taken = {0};
    return bound ->
        taken[0] < choices.size()
            ? OptionalInt.of(Math.floorMod(choices.get(taken[0]++), bound))
            : OptionalInt.empty();
  }

  /** The seed of one walk of many. */
  static long seed(long seed, String model, int walk) {
    // SplittableRandom mixes well; the factors only keep neighbours apart.
    return new SplittableRandom(seed * 31 + model.hashCode() + walk * 0x9E3779B97F4A7C15L)
        .nextLong();
  }
}
