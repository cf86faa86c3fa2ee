package dev.plumbline.perf.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class NeighboursTest {
  @Test
  void countsWhatProcessorsDoForProgramsAndWhatAHypervisorTook() {
    // user nice system idle iowait irq softirq steal guest guest_nice
    assertThat(Neighbours.busyMillis("cpu  1 2 4 1000 1000 1000 1000 8 1000 1000\ncpu0 9 9 9"))
        .isEqualTo(OptionalLong.of(150));
  }

  @Test
  void whatIsNoSuchFileSaysNothing() {
    for (String text : List.of("", "cpu", "intr 1 2 3", "cpu a b c")) {
      assertThat(Neighbours.busyMillis(text)).as(text).isNotEqualTo(OptionalLong.of(10));
    }
    assertThat(Neighbours.busyMillis("")).isEmpty();
    assertThat(Neighbours.busyMillis("cpu a b c")).isEmpty();
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
      assertThat(watch.end()).hasSize(3).anyMatch(millis -> millis > 0);
    } finally {
      other.destroyForcibly();
    }
  }
}
