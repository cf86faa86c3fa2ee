package dev.plumbline.server.limit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ByteBudgetTest {
  private final ByteBudget budget = new ByteBudget(10);

  @Test
  void givesUpToTheCapAndNotOneMore() {
    assertThat(budget.hasRoomFor(10)).isTrue();
    assertThat(budget.hasRoomFor(11)).isFalse();
    assertThat(budget.tryTake(6)).isTrue();
    assertThat(budget.hasRoomFor(4)).isTrue();
    assertThat(budget.hasRoomFor(5)).isFalse();
    assertThat(budget.tryTake(4)).as("at the cap").isTrue();
    assertThat(budget.tryTake(1)).as("one above").isFalse();
    assertThat(budget.held()).isEqualTo(10);
  }

  @Test
  void whatIsRefusedIsNotHeld() {
    assertThat(budget.tryTake(11)).isFalse();
    assertThat(budget.held()).isZero();
    assertThat(budget.tryTake(10)).isTrue();
  }

  @Test
  void whatIsThereAlreadyIsHeldEvenAboveTheCap() {
    budget.take(12);
    assertThat(budget.held()).isEqualTo(12);
    assertThat(budget.hasRoomFor(0)).isFalse();
    budget.giveBack(3);
    assertThat(budget.hasRoomFor(1)).isTrue();
  }
}
