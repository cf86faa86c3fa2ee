package dev.plumbline.ci.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of a failure: found, kept, in the way of a build, accepted, fixed, archived. */
final class ReproIT {
  private static final int GO = 0;
  private static final int NO_GO = 1;
  private static final int USAGE = 2;
  private static final int INCONCLUSIVE = 3;

  @TempDir Path folder;

  private Cli.Ended run(int code, String... arguments) throws IOException {
    Cli.Ended ended = Cli.start(folder, arguments).end();
    assertThat(ended.code()).as(ended.out() + ended.err()).isEqualTo(code);
    return ended;
  }

  static Stream<Path> samples() throws IOException {
    try (Stream<Path> files = Files.list(Cli.HOME.resolve("samples/reproducers"))) {
      List<Path> found = files.filter(f -> f.toString().endsWith(".json")).sorted().toList();
      assertThat(found).hasSizeGreaterThanOrEqualTo(3);
      return found.stream();
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aSampleFailsOnItsDefectAndNotWithoutIt(Path sample) throws IOException {
    assertThat(run(NO_GO, "repro", "run", sample.toString()).out()).contains("REPRODUCED");
    assertThat(run(GO, "repro", "run", sample.toString(), "--bundled").out())
        .contains("NO LONGER THERE");
  }

  @Test
  void aFailureStandsInTheWayUntilItIsAcceptedOrGone() throws IOException {
    Path sample = samples().toList().getFirst();
    assertThat(run(GO, "repro", "list", "--unfixed").out()).contains("none is unfixed");
    run(GO, "repro", "keep", sample.toString());
    assertThat(run(NO_GO, "repro", "list", "--unfixed").out()).contains("TOOL-004", "unfixed");

    // A build that looks only at something else is stopped by it all the same.
    assertThat(run(NO_GO, "conformance", "--only", "PING-001").out()).contains("G-12");

    String tomorrow = LocalDate.now(ZoneOffset.UTC).plusDays(1).toString();
    run(GO, "repro", "accept", "0001", "--reason", "until the next release", "--until", tomorrow);
    assertThat(run(GO, "repro", "list").out()).contains("accepted until " + tomorrow);
    run(GO, "repro", "list", "--unfixed");

    // It is still there where it was found, and gone on the server as it is.
    assertThat(run(NO_GO, "repro", "fix", "0001").out()).contains("REPRODUCED");
    assertThat(run(GO, "repro", "fix", "0001", "--bundled").out()).contains("FIXED", "archived");
    run(GO, "repro", "list", "--unfixed");
    Path store = folder.resolve("plumbline-reproducers");
    String name = sample.getFileName().toString();
    assertThat(store.resolve(name)).doesNotExist();
    assertThat(store.resolve("archive").resolve(name)).exists();
    assertThat(Files.readAllLines(store.resolve("history.jsonl")))
        .extracting(line -> line.replaceFirst(".*\"what\" ?: ?\"([A-Z_]+)\".*", "$1"))
        .containsExactly("KEPT", "ACCEPTED", "STILL_FAILS", "FIXED");
    assertThat(run(GO, "repro", "audit", "--json").out()).contains("FIXED", "until the next");
  }

  @Test
  void allAreReplayedByOneCommand() throws IOException {
    List<Path> samples = samples().limit(2).toList();
    for (Path sample : samples) {
      run(GO, "repro", "keep", sample.toString());
    }
    assertThat(run(NO_GO, "repro", "run", "--all").out())
        .contains(samples.size() + " replayed:   " + samples.size() + " REPRODUCED");
    assertThat(run(GO, "repro", "run", "--all", "--bundled").out())
        .contains(samples.size() + " replayed:   " + samples.size() + " NO LONGER THERE");
    assertThat(run(INCONCLUSIVE, "repro", "run", "--all", "--url", "http://127.0.0.1:1/mcp").out())
        .contains(samples.size() + " replayed:   " + samples.size() + " UNCLEAR");

    String tomorrow = LocalDate.now(ZoneOffset.UTC).plusDays(1).toString();
    for (Path sample : samples) {
      String id = sample.getFileName().toString().replace(".json", "");
      run(GO, "repro", "accept", id, "--reason", "until the next release", "--until", tomorrow);
    }
    assertThat(run(GO, "repro", "run", "--all").out()).contains("accepted until " + tomorrow);
  }

  @Test
  void whatWasKeptMustNotBeChanged() throws IOException {
    Path sample = samples().toList().getFirst();
    run(GO, "repro", "keep", sample.toString());
    Path kept = folder.resolve("plumbline-reproducers").resolve(sample.getFileName());
    Files.writeString(kept, Files.readString(kept).replace("TOOL-004", "TOOL-003"));
    Cli.start(folder, "repro", "list")
        .end()
        .complains(USAGE, kept.getFileName().toString(), "changed");
  }

  @Test
  void whatIsNoReproducerIsRefused() throws IOException {
    Files.writeString(folder.resolve("other.json"), "{\"schema\": \"something/else\"}");
    for (String id : List.of("other.json", "0007", "x")) {
      Cli.start(folder, "repro", "run", id).end().complains(USAGE, id, "reproducer");
    }
    Cli.start(folder, "repro", "run").end().complains(USAGE, "which reproducer", "repro list");
    Cli.start(folder, "repro", "run", "0001", "--all").end().complains(USAGE, "--all", "0001");
    String sample = samples().toList().getFirst().toString();
    Cli.start(folder, "repro", "run", sample, "--bundled", "--url", "http://127.0.0.1:1/mcp")
        .end()
        .complains(USAGE, "--url", "--bundled");
    Cli.start(folder, "repro", "accept", sample, "--reason", "why", "--until", "2020-02-30")
        .end()
        .complains(USAGE, "--until", "YYYY-MM-DD");
    Cli.start(folder, "repro", "accept", sample, "--reason", "why", "--until", "2020-02-28")
        .end()
        .complains(USAGE, "--until", "is over");
  }
}
