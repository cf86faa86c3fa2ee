package dev.plumbline.perf.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.plumbline.evidence.model.Profile;
import dev.plumbline.perf.reliability.raw.Part;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OpenFilesTest {
  private static List<String> ran(List<String> before, String... command) throws Exception {
    List<String> all = new ArrayList<>(before);
    all.addAll(List.of(command));
    Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said.lines().toList();
  }

  private static List<String> raised(long files) {
    List<String> before = OpenFiles.raised(files);
    assumeThat(before).isNotEmpty();
    return before;
  }

  @Test
  void theCommandGetsItsArgumentsAsTheyAre() throws Exception {
    assertThat(ran(raised(10), "printf", "%s\n", "a b", "$HOME", "it's"))
        .containsExactly("a b", "$HOME", "it's");
  }

  @Test
  void aLimitThatIsHighEnoughStays() throws Exception {
    List<String> before = raised(10);
    assertThat(ran(before, "sh", "-c", "ulimit -Hn; ulimit -Sn"))
        .isEqualTo(ran(List.of(), "sh", "-c", "ulimit -Hn; ulimit -Sn"));
  }

  /** Whether it may be raised is the machine's affair; either way the command runs. */
  @Test
  void aLimitThatIsTooLowIsRaisedOrLeftAsItIs() throws Exception {
    List<String> low = new ArrayList<>(List.of("sh", "-c", "ulimit -n 64; exec \"$@\"", "sh"));
    low.addAll(raised(128));
    assertThat(ran(low, "sh", "-c", "ulimit -n")).isSubsetOf("64", "128").hasSize(1);
  }

  @Test
  void onlyConnectionsNeedMoreThanAnybody() {
    for (Profile profile : Profile.values()) {
      assertThat(Sizes.openFiles(Part.CONNECTIONS, profile)).isGreaterThan(11_700);
      assertThat(OpenFiles.raised(Sizes.openFiles(Part.CONTAINER, profile))).isEmpty();
    }
    assertThat(Sizes.openFiles(Part.CONNECTIONS, Profile.NIGHTLY)).isGreaterThan(111_700);
  }
}
