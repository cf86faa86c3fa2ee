package dev.plumbline.perf.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class AffinityTest {
  @Test
  void readsTheListOfTheKernel() {
    assertThat(Affinity.parse("0-2,5")).containsExactly(0, 1, 2, 5);
    assertThat(Affinity.parse("3")).containsExactly(3);
  }

  @Test
  void givesEachHalfOfTheProcessors() {
    Affinity affinity = Affinity.halves(List.of(0, 1, 2, 3, 4));

    assertThat(affinity.server()).containsExactly(0, 1, 2);
    assertThat(affinity.generator()).containsExactly(3, 4);
    assertThat(affinity.forServer(List.of("java", "X")))
        .containsExactly("taskset", "-c", "0,1,2", "java", "X");
    assertThat(affinity.forGenerator(List.of("java"))).startsWith("taskset", "-c", "3,4");
    assertThat(affinity.words()).contains("server on processor 0,1,2");
  }

  @Test
  void pinsNothingWhereThereIsOneProcessor() {
    Affinity affinity = Affinity.halves(List.of(0));

    assertThat(affinity).isEqualTo(Affinity.NONE);
    assertThat(affinity.forServer(List.of("java"))).containsExactly("java");
    assertThat(affinity.words()).startsWith("unpinned");
  }
}
