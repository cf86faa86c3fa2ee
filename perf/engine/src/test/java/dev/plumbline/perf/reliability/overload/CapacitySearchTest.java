package dev.plumbline.perf.reliability.overload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.perf.reliability.overload.OverloadRecord.Step;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CapacitySearchTest {
  private static List<Step> search(double busy, double borne, int steps) throws Exception {
    return CapacitySearch.search(
        busy, steps, rate -> new Step(rate, 100, 100, 0, 1, 0, rate <= borne));
  }

  @Test
  void findsTheHighestRateThatIsBorneWithinAFewPercent() throws Exception {
    for (double borne : new double[] {300, 700, 950, 1_400}) {
      double found = CapacitySearch.capacity(search(1_000, borne, 8));

      assertThat(found).isLessThanOrEqualTo(borne).isGreaterThan(borne * 0.9);
    }
  }

  @Test
  void aStepThatMetAPauseIsTakenOnceMore() throws Exception {
    List<Double> offered = new ArrayList<>();

    List<Step> steps =
        CapacitySearch.search(
            1_000,
            8,
            rate -> {
              boolean pause = offered.isEmpty();
              offered.add(rate);
              return new Step(rate, 100, 100, 0, pause ? 11 : 1, 0, !pause && rate <= 950);
            });

    assertThat(offered.get(1)).isEqualTo(offered.get(0));
    assertThat(CapacitySearch.capacity(steps)).isGreaterThan(950 * 0.9);
  }

  @Test
  void aStepThatRefusedManyIsNot() throws Exception {
    List<Double> offered = new ArrayList<>();

    CapacitySearch.search(
        1_000,
        8,
        rate -> {
          offered.add(rate);
          return new Step(rate, 100, rate <= 300 ? 100 : 90, 10, 1, 0, rate <= 300);
        });

    assertThat(offered).doesNotHaveDuplicates();
  }

  @Test
  void isBounded() throws Exception {
    assertThat(search(1_000, 1e9, 8)).hasSize(8);
    assertThat(search(1_000, 999, 3)).hasSize(3);
  }

  @Test
  void endsWhenTheBoundsAreClose() throws Exception {
    assertThat(search(1_000, 850, 20)).hasSizeLessThan(10);
  }

  @Test
  void aServerThatBearsNothingHasNoCapacity() throws Exception {
    List<Step> steps = search(1_000, 0, 6);

    assertThat(steps).hasSize(6);
    assertThat(CapacitySearch.capacity(steps)).isZero();
    assertThat(steps.getLast().perSecond()).isLessThan(steps.getFirst().perSecond());
  }
}
