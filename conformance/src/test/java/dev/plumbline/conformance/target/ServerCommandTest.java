package dev.plumbline.conformance.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ServerCommandTest {
  @Test
  void hasTheJvmBeforeTheMainClassAndTheArgumentsBehindIt() {
    List<String> command =
        ServerCommand.of(Path.of("dist"), List.of("-Xmx64m"), List.of("--port", "0"));

    assertThat(command)
        .startsWith(Installation.java().toString())
        .containsSubsequence(
            "-XX:+ExitOnOutOfMemoryError",
            "-Xmx64m",
            "-cp",
            "dist/*",
            ServerCommand.MAIN,
            "--port",
            "0");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 000001ffffffffff, true",
    "0, 0000000000800000, true",
    "0, 00000000a80425fb, false",
    "1000, 000001ffffffffff, false",
    "1000, 0000000000000000, false",
    "0, what, false",
  })
  void raisesPrioritiesOnlyWhereItMay(String user, String capabilities, boolean allowed) {
    List<String> status =
        List.of(
            "Name:\tjava",
            "Uid:\t" + user + "\t" + user + "\t" + user + "\t" + user,
            "CapEff:\t" + capabilities);

    assertThat(ServerCommand.prioritiesAllowed(status)).isEqualTo(allowed);
  }

  @Test
  void raisesNothingWhereTheKernelSaysNothing() {
    assertThat(ServerCommand.prioritiesAllowed(List.of())).isFalse();
  }
}
