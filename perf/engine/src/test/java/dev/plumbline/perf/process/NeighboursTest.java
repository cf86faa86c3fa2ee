package dev.plumbline.perf.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NeighboursTest {
  @Test
  void countsWhatProcessorsDoForProgramsAndWhatAHypervisorTook() {
    // user nice system idle iowait irq softirq steal guest guest_nice
    assertThat(Neighbours.taken("cpu  1 2 4 1000 1000 16 32 8 1000 1000\ncpu0 9 9 9"))
        .contains(new Neighbours.Taken(550, 80));
  }

  @Test
  void aKernelWithoutAHypervisorHasNothingStolen() {
    assertThat(Neighbours.taken("cpu  1 2 4 1000")).contains(new Neighbours.Taken(70, 0));
  }

  @Test
  void whatIsNoSuchFileSaysNothing() {
    for (String text : List.of("", "intr 1 2 3", "cpu a b c")) {
      assertThat(Neighbours.taken(text)).as(text).isEmpty();
    }
  }

  @Test
  void aProgramThatTakesNoPartIsSeen() throws IOException, InterruptedException {
    assumeTrue(Files.isReadable(Path.of("/proc/stat")), "not run: no /proc/stat");
    Process other =
        new ProcessBuilder("sh", "-c", "while :; do :; done")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    List<Long> own = List.of(ProcessHandle.current().pid());
    try (Neighbours watch = Neighbours.watch(own, Duration.ofMillis(300), 3).orElseThrow()) {
      assertThat(watch.end()).hasSize(3).anyMatch(taken -> taken.programsMillis() > 0);
    } finally {
      other.destroyForcibly();
    }
  }
}
