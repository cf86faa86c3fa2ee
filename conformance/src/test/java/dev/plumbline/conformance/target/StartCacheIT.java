package dev.plumbline.conformance.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartCacheIT {
  private static final List<String> JVM = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  @TempDir Path folder;

  private Path jars() throws IOException {
    Path jars = Files.createDirectory(folder.resolve("dist"));
    try (Stream<Path> all = Files.list(Installation.current().server())) {
      for (Path jar : all.toList()) {
        Files.copy(jar, jars.resolve(jar.getFileName()));
      }
    }
    return jars;
  }

  @Test
  void isMadeOnceAndUsedUntilAJarIsNewer() throws Exception {
    Path jars = jars();
    StartCache cache = new StartCache(jars, JVM);
    assertThat(cache.arguments()).as("the first start does not wait for it").isEmpty();
    await().atMost(Duration.ofMinutes(2)).until(() -> !cache.arguments().isEmpty());
    assertThat(cache.arguments()).contains("-XX:AOTCache=" + folder.resolve("server.aot"));

    // With mode "on" a JVM that cannot use the cache refuses to start.
    List<String> strict = new ArrayList<>(JVM);
    strict.addAll(cache.arguments());
    strict.add("-XX:AOTMode=on");
    Process process =
        new ProcessBuilder(ServerCommand.of(jars, strict, List.of("--list-mutants")))
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();

    try (Stream<Path> all = Files.list(jars)) {
      Path jar = all.findFirst().orElseThrow();
      Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(60)));
    }
    assertThat(cache.arguments()).as("made for other jars").isEmpty();
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).as("nothing half made is left").hasSize(2);
    }
  }

  @Test
  void nothingIsLostWhereItCannotBeMade() throws Exception {
    StartCache cache = new StartCache(folder.resolve("none"), JVM);
    assertThat(cache.arguments()).isEmpty();
    assertThat(cache.arguments()).isEmpty();
  }
}
