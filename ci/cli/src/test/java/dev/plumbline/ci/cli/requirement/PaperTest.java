package dev.plumbline.ci.cli.requirement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.evidence.bundle.gate.Gates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What paper and release notes say can be looked up. */
final class PaperTest {
  private static final Path HOME = Path.of(System.getProperty("plumbline.home", "../.."));
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)");
  private static final Pattern GATE = Pattern.compile("\\bG-\\d\\d\\b");
  private static final Pattern CHECK = Pattern.compile("\\b(SBOM|BLD|VULN)-\\d{3}\\b");
  private static final Pattern SCRIPT = Pattern.compile("`(\\.ci/[a-z-]+)`");
  private static final Pattern COMMAND = Pattern.compile("plumbline ([a-z]+)");

  /** A figure that was measured: one with a point or a comma in it, or a unit after it. */
  private static final Pattern FIGURE =
      Pattern.compile("\\b\\d{1,3}(?:,\\d{3})+\\b|\\b\\d+\\.\\d+(?= ms)|\\b\\d+(?= %)");

  @ParameterizedTest
  @ValueSource(strings = {"paper.md", "release-notes.md"})
  void everyPlaceThatIsNamedIsThere(String name) throws IOException {
    Path docs = HOME.resolve("docs");
    String text = Files.readString(docs.resolve(name));
    assertThat(found(LINK, text, 1))
        .isNotEmpty()
        .allSatisfy(link -> assertThat(docs.resolve(link)).exists());
    assertThat(found(SCRIPT, text, 1))
        .isNotEmpty()
        .allSatisfy(file -> assertThat(HOME.resolve(file)).exists());
  }

  @ParameterizedTest
  @ValueSource(strings = {"paper.md", "release-notes.md"})
  void everyGateCheckAndCommandThatIsNamedExists(String name) throws IOException {
    String text = Files.readString(HOME.resolve("docs").resolve(name));
    assertThat(found(GATE, text, 0)).isNotEmpty().isSubsetOf(Gates.ids());
    String judge =
        Files.readString(
            HOME.resolve(
                "supply-chain/src/main/java/dev/plumbline/supplychain/SupplyChainJudge.java"));
    assertThat(found(CHECK, text, 0))
        .isNotEmpty()
        .allSatisfy(id -> assertThat(judge).contains('"' + id + '"'));
    Path commands = HOME.resolve("ci/cli/src/main/java/dev/plumbline/ci/cli/command");
    assertThat(found(COMMAND, text, 1))
        .isNotEmpty()
        .allSatisfy(
            command ->
                assertThat(
                        commands.resolve(
                            Character.toUpperCase(command.charAt(0))
                                + command.substring(1)
                                + "Command.java"))
                    .exists());
  }

  @ParameterizedTest
  @ValueSource(strings = {"paper.md", "release-notes.md"})
  void everyFigureIsOneOfTheReadme(String name) throws IOException {
    String readme = Files.readString(HOME.resolve("README.md"));
    String text = Files.readString(HOME.resolve("docs").resolve(name));
    assertThat(found(FIGURE, text.replace("95 % confidence", ""), 0))
        .allSatisfy(
            figure -> assertThat(readme).containsPattern("(?<![\\d.,])" + Pattern.quote(figure)));
  }

  private static List<String> found(Pattern pattern, String text, int group) {
    return pattern
        .matcher(text)
        .results()
        .map((MatchResult r) -> r.group(group))
        .distinct()
        .toList();
  }
}
