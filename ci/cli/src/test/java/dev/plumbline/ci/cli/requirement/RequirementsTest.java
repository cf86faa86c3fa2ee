package dev.plumbline.ci.cli.requirement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class RequirementsTest {
  private static final Path HOME = Path.of(System.getProperty("plumbline.home", "../.."));
  private static final int REQUIREMENTS = 232;
  private static final String SOURCES = "src/test/java/";

  @Test
  void everyRequirementIsThereOnce() throws Exception {
    List<Requirement> all = Requirements.load();
    assertThat(all).hasSize(REQUIREMENTS).extracting(Requirement::id).doesNotHaveDuplicates();
    assertThat(all.getFirst().id()).isEqualTo("R001");
    assertThat(all.getLast().id()).isEqualTo("R232");
  }

  @Test
  void everyCheckAndEveryGateThatIsNamedExists() throws Exception {
    Set<String> known = KnownChecks.all();
    assertThat(named(Reference.Check.class)).isNotEmpty().isSubsetOf(known);
    assertThat(named(Reference.Gate.class)).isNotEmpty().isSubsetOf(known);
  }

  @Test
  void everyTestThatIsNamedExists() throws Exception {
    List<Path> sources = sources();
    for (Requirement requirement : Requirements.load()) {
      for (Reference reference : requirement.by()) {
        if (reference instanceof Reference.Test test) {
          List<Path> meant =
              sources.stream().filter(source -> test.means("." + className(source))).toList();
          assertThat(meant).as(requirement.id() + " " + test.text()).hasSize(1);
          if (!test.method().isEmpty()) {
            assertThat(Files.readString(meant.getFirst()))
                .as(requirement.id() + " " + test.text())
                .containsPattern("\\b(void|boolean) " + test.method() + "\\(");
          }
        }
      }
    }
  }

  @Test
  void everyPackageWhoseLinesAreCountedExists() throws Exception {
    for (Reference reference : all()) {
      if (reference instanceof Reference.Coverage coverage && !coverage.room().isEmpty()) {
        String folder = coverage.room().replace('.', '/');
        assertThat(HOME.resolve("system-under-test/src/main/java/dev/plumbline/" + folder))
            .isDirectory();
      }
    }
  }

  @Test
  void refusesAListThatWasCutShort() {
    assertThatThrownBy(() -> parse(2, row("R001", "PROCESS", "", "\"x\"")))
        .isInstanceOf(IOException.class);
  }

  @Test
  void refusesAListWithAGap() {
    assertThatThrownBy(() -> parse(1, row("R002", "PROCESS", "", "\"x\"")))
        .hasMessage("R002 stands where R001 has to");
  }

  @Test
  void refusesWhatIsMeasuredByNothing() {
    assertThatThrownBy(() -> parse(1, row("R001", "MEASURED", "", "null")))
        .hasMessage("R001: is measured by nothing");
  }

  @Test
  void refusesWhatSaysNothingOfWhatIsMissing() {
    assertThatThrownBy(() -> parse(1, row("R001", "PARTLY", "\"RC-101\"", "null")))
        .hasMessageStartingWith("R001: ");
    assertThatThrownBy(() -> parse(1, row("R001", "NOT_BUILT", "", "null")))
        .hasMessageStartingWith("R001: ");
    assertThatThrownBy(() -> parse(1, row("R001", "DECIDED", "", "\"x\"")))
        .hasMessage("R001: names no decision");
  }

  @Test
  void refusesAReferenceOfNoForm() {
    assertThatThrownBy(() -> parse(1, row("R001", "MEASURED", "\"somewhere\"", "null")))
        .hasMessage("R001: nothing is written like somewhere");
  }

  private static List<Requirement> parse(int count, String rows) throws IOException {
    return Requirements.parse(
        """
        {"schema": "plumbline/requirements/v1", "count": %d, "requirements": [%s]}
        """
            .formatted(count, rows));
  }

  private static String row(String id, String standing, String by, String note) {
    return """
    {"id": "%s", "statement": "s", "standing": "%s", "decision": null, "by": [%s], "note": %s}
    """
        .formatted(id, standing, by, note);
  }

  private static List<String> named(Class<? extends Reference> kind) throws Exception {
    return all().stream().filter(kind::isInstance).map(Reference::text).distinct().toList();
  }

  private static List<Reference> all() throws Exception {
    return Requirements.load().stream().flatMap(one -> one.by().stream()).toList();
  }

  /** Test sources of all modules, which lie in folders of the top folder, or one deeper. */
  private static List<Path> sources() throws IOException {
    List<Path> sources = new ArrayList<>();
    for (Path folder : folders(HOME)) {
      List<Path> modules = new ArrayList<>(folders(folder));
      modules.add(folder);
      for (Path module : modules) {
        Path tests = module.resolve(SOURCES);
        if (Files.isDirectory(tests)) {
          try (Stream<Path> found = Files.walk(tests)) {
            found.filter(path -> path.toString().endsWith(".java")).forEach(sources::add);
          }
        }
      }
    }
    assertThat(sources).isNotEmpty();
    return sources;
  }

  private static List<Path> folders(Path folder) throws IOException {
    try (Stream<Path> found = Files.list(folder)) {
      return found.filter(Files::isDirectory).toList();
    }
  }

  private static String className(Path source) {
    String path = source.toString().replace('\\', '/');
    return path.substring(path.indexOf(SOURCES) + SOURCES.length(), path.length() - 5)
        .replace('/', '.');
  }
}
