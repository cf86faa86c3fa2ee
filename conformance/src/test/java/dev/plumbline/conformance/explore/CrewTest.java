package dev.plumbline.conformance.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.conformance.explore.Explorer.Taken;
import dev.plumbline.conformance.model.Breach;
import dev.plumbline.conformance.model.Walk;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.Profile;
import dev.plumbline.evidence.model.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CrewTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Breach BREACH = new Breach("TOY-001", "wrong", "right", "wrong", "mend");

  private static Taken taken(int number, Optional<Breach> breach, String unclear) {
    return new Taken(new Walk(List.of(number), List.of("001-a"), breach, unclear), List.of());
  }

  private static Taken held(int number) {
    return taken(number, Optional.empty(), "");
  }

  private static Crew crew(Budget budget, Crew.Attempt attempt) {
    return new Crew(budget, attempt, _ -> {});
  }

  @Test
  void makesEachWalkOnce() throws Exception {
    Set<Integer> made = ConcurrentHashMap.newKeySet();
    List<Integer> told = new ArrayList<>();
    Crew.Made all =
        new Crew(
                new Budget(100, 5, LONG, 8),
                walk -> {
                  assertThat(made.add(walk)).isTrue();
                  return held(walk);
                },
                told::add)
            .work();
    assertThat(made).hasSize(100);
    assertThat(told).hasSize(100).isSorted();
    assertThat(all.walks()).isEqualTo(100);
    assertThat(all.steps()).isEqualTo(100);
    assertThat(all.shown().walk().choices()).containsExactly(0);
  }

  @Test
  void makesSoManyBesideEachOther() throws Exception {
    CyclicBarrier together = new CyclicBarrier(4);
    Crew.Made all =
        crew(
                new Budget(4, 5, LONG, 4),
                walk -> {
                  try {
                    var _ = together.await(1, TimeUnit.MINUTES);
                  } catch (Exception e) {
                    throw new HarnessException("they are not beside each other", e);
                  }
                  return held(walk);
                })
            .work();
    assertThat(all.walks()).isEqualTo(4);
  }

  @Test
  void showsTheFirstThatFailed() throws Exception {
    Crew.Made made =
        crew(
                new Budget(1_000, 5, LONG, 8),
                walk -> walk >= 37 ? taken(walk, Optional.of(BREACH), "") : held(walk))
            .work();
    assertThat(made.shown().walk().choices()).containsExactly(37);
    assertThat(made.walks()).isEqualTo(38);
  }

  @Test
  void stopsWhenTimeIsUpButMakesOne() throws Exception {
    Crew.Made made = crew(new Budget(1_000, 5, Duration.ZERO, 8), CrewTest::held).work();
    assertThat(made.walks()).isEqualTo(1);
  }

  @Test
  void givesUpWhenNoWalkComesToAnEnd() throws Exception {
    Crew.Made made =
        crew(new Budget(1_000, 5, LONG, 1), walk -> taken(walk, Optional.empty(), "busy")).work();
    assertThat(made.walks()).isEqualTo(20);
    assertThat(made.unclear()).isEqualTo(20);
    assertThat(made.why()).isEqualTo("busy");
  }

  @Test
  void aFaultOfOursEndsAll() {
    assertThatThrownBy(
            () ->
                crew(
                        new Budget(1_000, 5, LONG, 4),
                        walk -> {
                          throw new HarnessException("ours");
                        })
                    .work())
        .isInstanceOf(HarnessException.class)
        .hasMessage("ours");
  }

  @Test
  void startsFewProcesses() {
    assertThat(Budget.of(Profile.STANDARD, Transport.HTTP).atOnce()).isEqualTo(Budget.AT_ONCE);
    assertThat(Budget.of(Profile.STANDARD, Transport.STDIO).atOnce()).isEqualTo(2);
    assertThat(Budget.of(Profile.QUICK, Transport.STDIO).walks()).isEqualTo(3);
  }
}
