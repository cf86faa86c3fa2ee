package dev.plumbline.server.observe.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LevelsTest {
  private static final List<Integer> MARKS = List.of(70, 85, 95);
  private static final int HYSTERESIS = 5;

  private final Levels levels = new Levels();

  @Test
  void tellsEveryEdgeOnce() {
    assertThat(levels.see(69.9, MARKS, HYSTERESIS)).isEmpty();
    assertThat(levels.see(70, MARKS, HYSTERESIS)).contains(new Levels.Edge(0, 1));
    assertThat(levels.see(84.9, MARKS, HYSTERESIS)).isEmpty();
    assertThat(levels.see(96, MARKS, HYSTERESIS)).contains(new Levels.Edge(1, 3));
    assertThat(levels.see(99, MARKS, HYSTERESIS)).isEmpty();
  }

  @Test
  void doesNotFlutterAtAMark() {
    levels.see(85, MARKS, HYSTERESIS);

    assertThat(levels.see(84, MARKS, HYSTERESIS)).isEmpty();
    assertThat(levels.see(85, MARKS, HYSTERESIS)).isEmpty();
    assertThat(levels.see(80, MARKS, HYSTERESIS)).isEmpty();
    assertThat(levels.see(79.9, MARKS, HYSTERESIS)).contains(new Levels.Edge(2, 1));
  }

  @Test
  void fallsThroughSeveralLevelsAtOnce() {
    levels.see(99, MARKS, HYSTERESIS);

    assertThat(levels.see(10, MARKS, HYSTERESIS)).contains(new Levels.Edge(3, 0));
  }

  @Property(tries = 1_000)
  void isNeverBelowWhatIsReachedNorAboveWhatWasLeft(
      @ForAll @Size(max = 50) List<@DoubleRange(max = 100) Double> values) {
    Levels any = new Levels();
    for (double value : values) {
      any.see(value, MARKS, HYSTERESIS);
      int reached = (int) MARKS.stream().filter(mark -> value >= mark).count();
      int held = (int) MARKS.stream().filter(mark -> value >= mark - HYSTERESIS).count();
      assertThat(any.level()).isBetween(reached, held);
    }
  }
}
