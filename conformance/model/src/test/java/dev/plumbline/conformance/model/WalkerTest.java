package dev.plumbline.conformance.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class WalkerTest {
  private static final int LIMIT = 30;

  @Test
  void theSameSeedWalksTheSameWay() {
    Walk one = Vending.walk(Choices.random(7, LIMIT), Vending::right);
    Walk two = Vending.walk(Choices.random(7, LIMIT), Vending::right);
    assertThat(one).isEqualTo(two);
    assertThat(one.failed()).isFalse();
  }

  @Test
  void whatWasChosenWalksTheSameWayAgain() {
    for (int seed = 0; seed < 50; seed++) {
      Walk walk = Vending.walk(Choices.random(seed, LIMIT), Vending::right);
      assertThat(Vending.walk(Choices.of(walk.choices()), Vending::right)).isEqualTo(walk);
      assertThat(walk.choices()).hasSizeBetween(1, LIMIT);
    }
  }

  @Test
  void anyNumbersAreAWalk() {
    Walk walk = Vending.walk(Choices.of(List.of(17, -3, 1_000_000, 4)), Vending::right);
    assertThat(walk.choices()).hasSize(4).allMatch(choice -> choice >= 0 && choice < 4);
  }

  @Test
  void putsAwayWhatItLeaves() {
    Walk walk = Vending.walk(Choices.of(List.of(0, 0)), Vending::right);
    assertThat(walk.labels()).containsExactly("001-COIN", "002-COIN", "003-BACK");
    assertThat(walk.choices()).containsExactly(0, 0);
  }

  @Test
  void isBoundedWhateverIsChosen() {
    Walk walk =
        Vending.walk(Choices.of(Collections.nCopies(10 * Walker.MAX_STEPS, 1)), Vending::right);
    assertThat(walk.choices()).hasSize(Walker.MAX_STEPS);
  }

  @Test
  void neighboursHaveSeedsOfTheirOwn() {
    assertThat(Choices.seed(1, "session", 1)).isNotEqualTo(Choices.seed(1, "session", 2));
    assertThat(Choices.seed(1, "session", 1)).isNotEqualTo(Choices.seed(1, "stream", 1));
    assertThat(Choices.seed(1, "session", 1)).isNotEqualTo(Choices.seed(2, "session", 1));
  }

  @Test
  void anOfferReadsBackAsItWasWritten() {
    assertThat(Offer.read(Offers.EVERYTHING.json())).isEqualTo(Offers.EVERYTHING);
  }
}
