package dev.plumbline.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server does not outlive the program that started it for itself. */
@Timeout(60)
final class ParentTest {
  @Test
  void endsInOrderWhenTheProgramThatStartedItIsKilled() throws IOException, InterruptedException {
    Process parent = new ProcessBuilder("sleep", "60").start();
    Process server = server(parent.pid());
    try (BufferedReader lines = server.inputReader()) {
      assertThat(lines.readLine()).startsWith("listening ");
      parent.destroyForcibly();
      assertThat(server.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(server.exitValue()).isZero();
    } finally {
      parent.destroyForcibly();
      server.destroyForcibly();
    }
  }

  @Test
  void endsAtOnceWhenThatProgramIsGoneAlready() throws IOException, InterruptedException {
    Process parent = new ProcessBuilder("true").start();
    assertThat(parent.waitFor(30, TimeUnit.SECONDS)).isTrue();
    Process server = server(parent.pid());
    try {
      assertThat(server.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(server.exitValue()).isZero();
    } finally {
      server.destroyForcibly();
    }
  }

  private static Process server(long parent) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-Dplumbline.parent=" + parent,
            "-cp",
            System.getProperty("java.class.path"),
            "dev.plumbline.server.Main",
            "--port",
            "0",
            "--control-port",
            "0")
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }
}
