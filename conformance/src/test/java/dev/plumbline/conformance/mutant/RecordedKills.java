package dev.plumbline.conformance.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.conformance.kill.KillMatrix.Line;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.rule.Rules;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Judges again what a kill matrix recorded, without a server: every mutant is killed by the same
 * rules with the same words, and every other rule comes to the same. {@code .ci/mutation} makes the
 * recordings and names their folder.
 */
abstract class RecordedKills {
  /** The system property that names the folder with the recordings. */
  static final String FOLDER = "plumbline.kill.recordings";

  /** The line of the matrix, beside the recordings it was concluded from. */
  static final String LINE = "line.json";

  /** In bytes. Floods are larger: they take seconds to judge, and their rules have unit tests. */
  private static final long LARGEST = 1_450_000;

  private static final Map<Path, Recording> READ = new ConcurrentHashMap<>();

  private final Era era;

  RecordedKills(Era era) {
    this.era = era;
  }

  /** What a rule was given, and the line of the matrix that tells what it came to. */
  private record Given(Path recording, Line line) {}

  /** Which recording a rule was given: that of another rule with the same script, or its own. */
  private record Outcome(String clause, String text) {}

  @TestFactory
  Stream<DynamicTest> everyRuleComesToTheSameAgain() throws IOException {
    Map<String, List<Given>> given = given(Path.of(System.getProperty(FOLDER)));
    return Rules.all().stream()
        .filter(rule -> rule.requires().era() == era && given.containsKey(rule.clause()))
        .map(
            rule ->
                DynamicTest.dynamicTest(
                    rule.clause(),
                    () -> {
                      for (Given one : given.getOrDefault(rule.clause(), List.of())) {
                        isJudgedTheSame(rule, one);
                      }
                    }));
  }

  /** By clause: the mutants that its rule must kill, and the server as it is. */
  private static Map<String, List<Given>> given(Path folder) throws IOException {
    Map<String, List<Given>> all = new TreeMap<>();
    try (Stream<Path> servers = Files.list(folder)) {
      for (Path server : servers.sorted().toList()) {
        Line line = Json.read(server.resolve(LINE), Line.class);
        Path raw = server.resolve("raw/conformance");
        String over = "." + line.transport().id() + ".json";
        for (Outcome outcome : outcomes(raw)) {
          if (line.control() || line.killers().contains(outcome.clause())) {
            String maker = outcome.text().isEmpty() ? outcome.clause() : outcome.text();
            Path recording = raw.resolve(maker + over);
            if (Files.size(recording) <= LARGEST) {
              all.computeIfAbsent(outcome.clause(), clause -> new ArrayList<>())
                  .add(new Given(recording, line));
            }
          }
        }
      }
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

  /** Read once: rules with the same script share what the first of them recorded. */
  private static Recording read(Path file) {
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

  private static void isJudgedTheSame(Rule rule, Given given) {
    Verdict verdict = rule.judge().apply(read(given.recording()));
    String expected =
        given.line().killedBy().stream()
            .filter(kill -> kill.clause().equals(rule.clause()))
            .findFirst()
            .map(kill -> "fails: " + kill.finding())
            .orElse(given.line().passed().contains(rule.clause()) ? "passes" : "sees nothing");
    String found =
        switch (verdict) {
          case Verdict.Fail fail -> "fails: " + fail.findings().getFirst().summary();
          case Verdict.Pass pass -> "passes";
          default -> "sees nothing";
        };
    assertThat(found).as("%s on %s", rule.clause(), given.line().mutant()).isEqualTo(expected);
  }
}
