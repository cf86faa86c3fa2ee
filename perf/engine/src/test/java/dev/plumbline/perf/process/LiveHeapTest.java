package dev.plumbline.perf.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LiveHeapTest {
  @Test
  void doesNotCountWhatFillsGaps() {
    String histogram =
        """
         num     #instances         #bytes  class name (module)
        -------------------------------------------------------
           1:          4890        7053352  [Ljdk.internal.vm.FillerElement; (java.base@25.0.3)
           2:         71540        4631960  [B (java.base@25.0.3)
           3:             1             16  jdk.internal.vm.FillerObject (java.base@25.0.3)
        Total         76431       11685328
        """;

    assertThat(LiveHeap.live(histogram)).hasValue(4_631_960);
  }

  @Test
  void whatIsNoHistogramTellsNothing() {
    assertThat(LiveHeap.live("12345: No such process")).isEmpty();
  }
}
