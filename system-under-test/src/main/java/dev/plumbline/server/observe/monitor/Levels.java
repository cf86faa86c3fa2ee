package dev.plumbline.server.observe.monitor;

import java.util.List;
import java.util.Optional;

/**
 * Which of several levels a percentage has reached, told once at every edge (C7). A level begins at
 * its mark and ends {@code hysteresis} points below it, so that a value at the mark does not
 * flutter. Not safe for several threads.
 */
final class Levels {
  /**
   * A change of the level.
   *
   * @param from the level before; 0 is the normal one
   * @param to the level now
   */
  record Edge(int from, int to) {
    /** True when things got worse. */
    boolean rises() {
      return to > from;
    }
  }

  private int level;

  /** At the normal level. */
  Levels() {}

  /** The level now: 0 is normal, 1 begins at the first mark. */
  int level() {
    return level;
  }

  /**
   * Looks at a new value.
   *
   * @param percent the value
   * @param marks where levels begin, ascending
   * @param hysteresis how many points below its mark a level ends
   * @return the edge, when the level changed
   */
  Optional<Edge> see(double percent, List<Integer> marks, int hysteresis) {
    int reached = 0;
    for (int mark : marks) {
      int index = marks.indexOf(mark) + 1;
      double begins = index <= level ? mark - hysteresis : mark;
      if (percent >= begins) {
        reached = index;
      }
    }
    if (reached == level) {
      return Optional.empty();
    }
    Edge edge = new Edge(level, reached);
    level = reached;
    return Optional.of(edge);
  }
}
