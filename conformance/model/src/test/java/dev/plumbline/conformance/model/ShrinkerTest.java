package dev.plumbline.conformance.model;

import static dev.plumbline.conformance.model.Vending.Act.BACK;
import static dev.plumbline.conformance.model.Vending.Act.COIN;
import static dev.plumbline.conformance.model.Vending.Act.LOOK;
import static dev.plumbline.conformance.model.Vending.Act.SELL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.conformance.model.Vending.Act;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShrinkerTest {
  private static final int LONG = 60;
  private static final int AT_LEAST = 20;

  /**
   * A planted defect and the shortest walk that shows it.
   *
   * @param name what is wrong
   * @param works makes a fresh machine
   * @param minimal what is left of every walk that fails
   */
  record Planted(String name, Supplier<Vending.Works> works, List<Act> minimal) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Planted> planted() {
    return Stream.of(
        new Planted(
            "loses a coin at a look at five",
            () -> (coins, act) -> act == LOOK && coins >= 5 ? 4 : Vending.right(coins, act),
            List.of(COIN, COIN, COIN, COIN, COIN, LOOK)),
        new Planted(
            "sells the second time for two",
            () -> {
              AtomicInteger sold = new AtomicInteger();
              return (coins, act) ->
                  act == SELL && sold.incrementAndGet() == 2
                      ? coins - 2
                      : Vending.right(coins, act);
            },
            List.of(COIN, COIN, COIN, COIN, COIN, COIN, SELL, SELL)),
        new Planted(
            "loses a coin at a look after coins were given back twice",
            () -> {
              AtomicInteger back = new AtomicInteger();
              return (coins, act) -> {
                if (act == BACK) {
                  back.incrementAndGet();
                }
                return act == LOOK && back.get() >= 2 && coins > 0
                    ? coins - 1
                    : Vending.right(coins, act);
              };
            },
            List.of(COIN, BACK, COIN, BACK, COIN, LOOK)));
  }

  @ParameterizedTest
  @MethodSource("planted")
  void makesEveryLongFailingWalkTheKnownMinimalOne(Planted planted) {
    int failed = 0;
    for (int seed = 0; failed < 5; seed++) {
      Walk walk = Vending.walk(Choices.random(seed, LONG), planted.works().get());
      if (walk.failed() && walk.choices().size() >= AT_LEAST) {
        failed++;
        assertThat(labels(shrunk(walk, planted)))
            .as("seed %d", seed)
            .isEqualTo(planted.minimal().stream().map(Act::label).toList());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("planted")
  void theMinimalWalkFailsWhenItIsWalkedAgain(Planted planted) {
    Walk walk = Vending.walk(Vending.choosing(planted.minimal()), planted.works().get());
    Walk shrunk = shrunk(walk, planted);
    assertThat(shrunk.choices()).isEqualTo(walk.choices());
    assertThat(Vending.walk(Choices.of(shrunk.choices()), planted.works().get())).isEqualTo(shrunk);
  }

  private static Walk shrunk(Walk walk, Planted planted) {
    try {
      return Shrinker.shrink(
          walk, choices -> Vending.walk(Choices.of(choices), planted.works().get()));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> labels(Walk walk) {
    return walk.labels().stream()
        .limit(walk.choices().size())
        .map(label -> label.substring(label.indexOf('-') + 1))
        .toList();
  }

  @Test
  void stopsAtItsBoundAndKeepsTheBestSoFar() throws InterruptedException {
    Planted planted = planted().findFirst().orElseThrow();
    List<Act> acts = new ArrayList<>();
    for (int i = 0; i < AT_LEAST; i++) {
      acts.add(COIN);
    }
    acts.add(LOOK);
    Walk walk = Vending.walk(Vending.choosing(acts), planted.works().get());
    AtomicInteger attempts = new AtomicInteger();
    Walk shrunk =
        Shrinker.shrink(
            walk,
            choices -> {
              attempts.incrementAndGet();
              return Vending.walk(Choices.of(choices), planted.works().get());
            },
            3);
    assertThat(attempts).hasValue(3);
    assertThat(shrunk.failed()).isTrue();
  }

  @Test
  void doesNotTouchAWalkThatHolds() {
    Walk walk = Vending.walk(Choices.of(List.of(0, 0)), Vending::right);
    assertThatThrownBy(() -> Shrinker.shrink(walk, choices -> walk))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
