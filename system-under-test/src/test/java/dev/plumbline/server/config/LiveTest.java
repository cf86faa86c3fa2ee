package dev.plumbline.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LiveTest {
  private final Live<Integer> live = new Live<>(1);
  private final List<String> told = new ArrayList<>();

  private void follow(String name, int refuses) {
    live.follow(
        value -> {
          told.add(name + value);
          if (value == refuses) {
            throw new ChangeRefusedException(name + " cannot take " + value);
          }
        });
  }

  @Test
  void tellsEveryListenerInOrder() {
    follow("a", 0);
    follow("b", 0);
    live.set(2);
    assertThat(told).containsExactly("a1", "b1", "a2", "b2");
    assertThat(live.get()).isEqualTo(2);
  }

  @Test
  void oneThatRefusesTakesEverybodyBack() {
    follow("a", 0);
    follow("b", 2);
    follow("c", 0);
    told.clear();
    assertThatThrownBy(() -> live.set(2))
        .isInstanceOf(ChangeRefusedException.class)
        .hasMessage("b cannot take 2");
    assertThat(told).containsExactly("a2", "b2", "b1", "a1");
    assertThat(live.get()).isEqualTo(1);
  }

  @Test
  void oneThatCannotGoBackDoesNotKeepTheOthersFromIt() {
    follow("a", 0);
    live.follow(
        value -> {
          told.add("b" + value);
          if (told.contains("b2") && value == 1) {
            throw new ChangeRefusedException("b cannot go back");
          }
        });
    follow("c", 2);
    told.clear();
    assertThatThrownBy(() -> live.set(2))
        .hasMessage("c cannot take 2")
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    assertThat(told).containsExactly("a2", "b2", "c2", "c1", "b1", "a1");
  }

  @Test
  void aGuardIsAskedBeforeAnybodyIsTold() {
    follow("a", 0);
    live.guard(value -> value > 2 ? Optional.of("too much") : Optional.empty());
    told.clear();
    assertThatThrownBy(() -> live.set(3)).hasMessage("too much");
    assertThat(told).isEmpty();
    live.set(2);
    assertThat(told).containsExactly("a2");
  }
}
