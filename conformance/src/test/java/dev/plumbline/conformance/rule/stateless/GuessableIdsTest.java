package dev.plumbline.conformance.rule.stateless;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much of an id has to vary, by what it is made of. */
class GuessableIdsTest {
  private static String told(int varying) {
    return "Ids of tasks can be guessed: of their characters only " + varying + " vary.";
  }

  /** The least that is enough, and one character less. */
  @ParameterizedTest
  @CsvSource({"09, 15", "0f, 12", "aF, 12", "AF, 12", "0g, 9", "GZ, 9", "-_, 9", "/0, 9", "9:, 9"})
  void fewerCharactersHaveToVaryWhereMoreArePossible(String two, int enough) {
    String one = two.substring(0, 1);
    String other = two.substring(1);

    assertThat(GuessableIds.pattern(List.of("x" + one.repeat(enough), "x" + other.repeat(enough))))
        .isEmpty();
    assertThat(
            GuessableIds.pattern(
                List.of("x" + one.repeat(enough - 1), "x" + other.repeat(enough - 1))))
        .contains(told(enough - 1));
  }

  @Test
  void whatAllHaveInCommonIsNoSecret() {
    assertThat(GuessableIds.pattern(List.of("t-1-abcdefghijkl", "t-2-abcdefghijkl")))
        .contains(told(1));
    assertThat(GuessableIds.pattern(List.of("a", "a"))).contains(told(0));
  }

  @Test
  void whatOnlySomeHaveVaries() {
    assertThat(GuessableIds.pattern(List.of("task-1", "task-1000"))).contains(told(3));
    assertThat(GuessableIds.pattern(List.of("a", "a" + "0".repeat(15)))).isEmpty();
    assertThat(GuessableIds.pattern(List.of("a", "a" + "z".repeat(9)))).isEmpty();
    assertThat(GuessableIds.pattern(List.of("a", "a" + "z".repeat(8)))).contains(told(8));
  }
}
