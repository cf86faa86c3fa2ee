package dev.plumbline.ci.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.RunFolder;
import dev.plumbline.evidence.model.RunManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that cannot go on keeps what it has, says that it is incomplete, and ends its children. */
final class CutShortIT {
  private static final int HARNESS_FAULT = 4;

  @TempDir Path folder;

  private Path mounted = Path.of("");

  @AfterEach
  void unmount() throws Exception {
    if (!mounted.toString().isEmpty()) {
      run("umount", mounted.toString());
    }
  }

  private static int run(String... command) throws Exception {
    return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
  }

  private static RunFolder onlyRun(Path out) throws IOException {
    try (Stream<Path> runs = Files.list(out)) {
      List<Path> all = runs.toList();
      assertThat(all).hasSize(1);
      return new RunFolder(all.getFirst());
    }
  }

  @Test
  void terminatedInMidRun() throws Exception {
    Cli.Running running = Cli.start(folder, "verify", "--seed", "1");
    running.awaitOutput(" conformance ");
    running.terminate();
    Cli.Ended ended = running.end().complains(HARNESS_FAULT, "interrupted", "incomplete");

    assertThat(ended.children()).isPositive();
    assertKept(onlyRun(folder.resolve("plumbline-out")));
  }

  @Test
  void interruptedFromTheKeyboard() throws Exception {
    assumeTrue(listensToInterrupts(), "the build itself runs with SIGINT ignored");
    Cli.Running running = Cli.start(folder, "verify", "--seed", "1");
    running.awaitOutput(" conformance ");
    assertThat(run("kill", "-INT", Long.toString(running.pid()))).isZero();
    running.end().complains(HARNESS_FAULT, "interrupted", "incomplete");

    assertKept(onlyRun(folder.resolve("plumbline-out")));
  }

  /** A child inherits an ignored SIGINT, and the JVM respects that. */
  private static boolean listensToInterrupts() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return false;
    }
    String ignored =
        Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .map(line -> line.substring("SigIgn:".length()).strip())
            .findFirst()
            .orElse("0");
    return (Long.parseUnsignedLong(ignored, 16) & 0b10) == 0;
  }

  private void assertKept(RunFolder kept) throws Exception {
    RunManifest manifest = Json.read(kept.run(), RunManifest.class);
    assertThat(manifest.complete()).isFalse();
    assertThat(manifest.notRun()).containsValue("interrupted");
    assertThat(kept.raw().resolve("probe.json")).exists();
    assertThat(kept.root().resolve("report.html")).exists();
    Cli.Ended verified =
        Cli.start(
                folder,
                "evidence",
                "verify",
                kept.root().toString(),
                "--key",
                kept.attestations().resolve("self-signed.pub.pem").toString())
            .end();
    assertThat(verified.out()).contains("HOLDS", "cut short");
    assertThat(verified.code()).isZero();
  }

  @Test
  void bundledServerKilledByOthers() throws Exception {
    Cli.Running running = Cli.start(folder, "conformance", "--seed", "1");
    running.awaitOutput(" conformance ");
    assertThat(run("kill", "-9", Long.toString(running.child("dev.plumbline.server.Main"))))
        .isZero();
    running.end().complains(HARNESS_FAULT, "killed from outside by signal 9", "incomplete");

    RunFolder kept = onlyRun(folder.resolve("plumbline-out"));
    assertThat(Json.read(kept.run(), RunManifest.class).complete()).isFalse();
  }

  @Test
  void fullDisk() throws Exception {
    mounted = Files.createDirectory(folder.resolve("small"));
    boolean isMounted =
        run("mount", "-t", "tmpfs", "-o", "size=96k", "none", mounted.toString()) == 0;
    if (!isMounted) {
      mounted = Path.of("");
    }
    assumeTrue(isMounted, "mounting a small file system needs root");
    Path out = Files.createDirectory(mounted.resolve("out"));
    Cli.Ended ended = Cli.start(folder, "verify", "--out", out.toString(), "--seed", "1").end();

    ended.complains(HARNESS_FAULT, "disk", "full", "incomplete");
    assertThat(ended.children()).isPositive();
    RunFolder kept = onlyRun(out);
    assertThat(Json.read(kept.run(), RunManifest.class).complete()).isFalse();
    assertThat(Map.of("probe", kept.raw().resolve("probe.json")))
        .allSatisfy((_, file) -> assertThat(file).exists());
  }
}
