package dev.plumbline.server.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.server.mutant.Observation.Subject;
import dev.plumbline.server.support.TestServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MutantsTest {
  private static final Mutant CORRECT = new Mutant("none", UnaryOperator.identity());

  static List<Observation> observations() {
    return Stream.of(HandshakeObservations.all(), StatelessObservations.all())
        .flatMap(List::stream)
        .toList();
  }

  /** Some are looked at here; the kill matrix of the conformance module looks at all. */
  @Test
  void namesAreUniqueAndWhatIsObservedExists() {
    assertThat(Mutant.names()).doesNotHaveDuplicates();
    assertThat(observations().stream().map(Observation::mutant))
        .doesNotHaveDuplicates()
        .isSubsetOf(Mutant.names());
  }

  @Test
  void correctServerShowsNoDefect() {
    assertThat(looks(CORRECT)).isEqualTo(expected(CORRECT));
  }

  /** The defect is seen, and nothing that another mutant spoils has changed. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("observations")
  void showsItsOwnDefectAndNoOther(Observation own) {
    Mutant mutant = Mutant.named(own.mutant()).orElseThrow();
    assertThat(looks(mutant)).isEqualTo(expected(mutant));
  }

  private static Map<String, String> looks(Mutant mutant) {
    Map<String, String> seen = new HashMap<>();
    try (TestServer server = new TestServer(mutant.change())) {
      for (Observation observation : observations()) {
        seen.put(observation.mutant(), observation.look().apply(new Subject(server, mutant)));
      }
    }
    return seen;
  }

  private static Map<String, String> expected(Mutant mutant) {
    Map<String, String> expected = new HashMap<>();
    for (Observation observation : observations()) {
      boolean own = observation.mutant().equals(mutant.name());
      expected.put(observation.mutant(), own ? observation.defective() : observation.correct());
    }
    return expected;
  }
}
