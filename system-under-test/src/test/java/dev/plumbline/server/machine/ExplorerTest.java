package dev.plumbline.server.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ExplorerTest {
  /** From closed there is no way to two states, and from open and forced open none back. */
  private static final TransitionTable<BreakerState, BreakerEvent> FAULTY =
      faulty().timeout(BreakerState.OPEN, BreakerEvent.TRIP, Timeout.Since.ENTERED, hour()).build();

  private static final int TRIP = FAULTY.events().indexOf(BreakerEvent.TRIP);
  private static final int WAIT_OVER = FAULTY.events().indexOf(BreakerEvent.WAIT_OVER);
  private static final int PASSES_TIME = 1;
  private static final int COMES_LATE = 2;
  private static final int FIRES = 3;

  private static Duration hour() {
    return Duration.ofHours(1);
  }

  private static TableBuilder<BreakerState, BreakerEvent> faulty() {
    return TransitionTable.of("faulty", BreakerState.class, BreakerEvent.class, BreakerState.CLOSED)
        .move(BreakerState.CLOSED, BreakerEvent.TRIP, BreakerState.OPEN)
        .refuseRest(BreakerState.CLOSED, "no")
        .ignore(BreakerState.OPEN, BreakerEvent.TRIP, "again")
        .refuseRest(BreakerState.OPEN, "no")
        .move(BreakerState.HALF_OPEN, BreakerEvent.RESET, BreakerState.CLOSED)
        .refuseRest(BreakerState.HALF_OPEN, "no")
        .refuseRest(BreakerState.FORCED_OPEN, "no");
  }

  @Test
  void countsWhatEveryPairDoesAndWhichStatesAreCutOff() {
    assertThat(new Explorer<>(FAULTY).pairs())
        .isEqualTo(new Explorer.Pairs(4, 8, 2, 1, 29, 1, 2, 2, 0))
        .extracting(Explorer.Pairs::pairs)
        .isEqualTo(32);
  }

  @Test
  void theWayIsTheShortestAndThereMayBeNone() {
    var explorer = new Explorer<>(BreakerLifecycle.BREAKER);
    assertThat(explorer.path(BreakerState.CLOSED, at -> at == BreakerState.HALF_OPEN))
        .contains(List.of(BreakerEvent.TRIP, BreakerEvent.WAIT_OVER));
    assertThat(explorer.path(BreakerState.OPEN, State::terminal))
        .contains(List.of(BreakerEvent.RESET));
    assertThat(new Explorer<>(FAULTY).path(BreakerState.OPEN, State::terminal)).isEmpty();
  }

  @Test
  void countsTimeoutsThatFireAndEventsThatComeTooLate() {
    var random = new Scripted();
    random.step(TRIP, FIRES).step(TRIP, COMES_LATE).step(TRIP, FIRES);
    random.step(TRIP, PASSES_TIME, Duration.ofMinutes(59)).step(WAIT_OVER, FIRES);
    random.step(TRIP, PASSES_TIME, Duration.ofMinutes(1)).step(TRIP, PASSES_TIME, Duration.ZERO);
    assertThat(new Explorer<>(FAULTY).walks(1, 7, random))
        .as("it ends where nothing leads to an end")
        .isEqualTo(new Explorer.Walks(1, 7, 1, 1, 0, 1));
  }

  @Test
  void bringsEveryWalkToItsEnd() {
    var random = new Scripted();
    random.step(TRIP, FIRES).step(WAIT_OVER, FIRES).step(TRIP, FIRES).step(TRIP, FIRES);
    assertThat(new Explorer<>(BreakerLifecycle.BREAKER).walks(2, 2, random))
        .isEqualTo(new Explorer.Walks(2, 4, 0, 0, 0, 0));
  }

  /** The choices of a walk, one after another. */
  private static final class Scripted implements RandomGenerator {
    private final Deque<Integer> ints = new ArrayDeque<>();
    private final Deque<Long> longs = new ArrayDeque<>();

    Scripted step(int event, int dice) {
      ints.add(event);
      ints.add(dice);
      return this;
    }

    Scripted step(int event, int dice, Duration passing) {
      longs.add(passing.toNanos());
      return step(event, dice);
    }

    @Override
    public int nextInt(int bound) {
      return ints.removeFirst();
    }

    @Override
    public long nextLong(long bound) {
      assertThat(bound).isEqualTo(Duration.ofHours(2).toNanos());
      return longs.removeFirst();
    }

    @Override
    public long nextLong() {
      throw new UnsupportedOperationException("nobody asks for this");
    }
  }
}
