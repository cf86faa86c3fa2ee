package dev.plumbline.conformance.mutant;

import dev.plumbline.conformance.kill.KillMatrix.Line;
import dev.plumbline.conformance.probe.ProbeReport;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.rule.Rules;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;

/**
 * What a kill matrix recorded; {@code .ci/mutation} makes the recordings and names their folder.
 */
final class RecordedMatrix {
  /** The system property that names the folder with the recordings. */
  static final String FOLDER = "plumbline.kill.recordings";

  /** The line of the matrix, beside the recordings it was concluded from. */
  static final String LINE = "line.json";

  /** What the target said of itself, beside the recordings. */
  static final String PROBE = "probe.json";

  /** In bytes. Floods are larger: they take seconds to judge, and their rules have unit tests. */
  private static final long LARGEST = 1_450_000;

  private static final Map<Path, Recording> READ = new ConcurrentHashMap<>();
  private static final Map<Path, Map<String, List<Given>>> FOUND = new ConcurrentHashMap<>();

  private RecordedMatrix() {}

  /**
   * What a rule was given.
   *
   * @param file the recording
   * @param own whether the rule's own script made it, not that of another rule
   * @param line the line of the matrix that tells what the rule came to
   * @param probe what the target said of itself
   */
  record Given(Path file, boolean own, Line line, ProbeReport probe) {
    /** Read once: rules with the same script share what the first of them recorded. */
    Recording recording() {
      return READ.computeIfAbsent(
          file,
          missing -> {
            try {
              return Recording.read(missing);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }

  /** Which recording a rule was given: that of another rule with the same script, or its own. */
  private record Outcome(String clause, String text) {}

  /** One test for each rule of the era that was given something. */
  static Stream<DynamicTest> tests(Era era, BiConsumer<Rule, List<Given>> test) {
    Map<String, List<Given>> given =
        FOUND.computeIfAbsent(Path.of(System.getProperty(FOLDER)), RecordedMatrix::given);
    return Rules.all().stream()
        .filter(rule -> rule.requires().era() == era && given.containsKey(rule.clause()))
        .map(
            rule ->
                DynamicTest.dynamicTest(
                    rule.clause(),
                    () -> test.accept(rule, given.getOrDefault(rule.clause(), List.of()))));
  }

  /** By clause: the mutants that its rule must kill, and the server as it is. */
  private static Map<String, List<Given>> given(Path folder) {
    Map<String, List<Given>> all = new TreeMap<>();
    try (Stream<Path> servers = Files.list(folder)) {
      for (Path server : servers.sorted().toList()) {
        Line line = Json.read(server.resolve(LINE), Line.class);
        ProbeReport probe = ProbeReport.read(server.resolve(PROBE));
        Path raw = server.resolve("raw/conformance");
        String over = "." + line.transport().id() + ".json";
        for (Outcome outcome : outcomes(raw)) {
          if (line.control() || line.killers().contains(outcome.clause())) {
            boolean own = outcome.text().isEmpty();
            Path recording = raw.resolve((own ? outcome.clause() : outcome.text()) + over);
            if (Files.size(recording) <= LARGEST) {
              all.computeIfAbsent(outcome.clause(), clause -> new ArrayList<>())
                  .add(new Given(recording, own, line, probe));
            }
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  private static List<Outcome> outcomes(Path raw) throws IOException {
    return StreamSupport.stream(
            Messages.parse(Files.readString(raw.resolve("outcomes.json")))
                .orElseThrow()
                .path("outcomes")
                .spliterator(),
            false)
        .filter(o -> o.path("kind").asString().equals("RECORDED"))
        .map(o -> new Outcome(o.path("clause").asString(), o.path("text").asString()))
        .toList();
  }
}
