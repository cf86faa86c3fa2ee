package dev.plumbline.supplychain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.evidence.model.Finding;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.Verdict;
import dev.plumbline.supplychain.Rebuild.Artifact;
import dev.plumbline.supplychain.Rebuild.Build;
import dev.plumbline.supplychain.Subjects.Subject;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What ships, held against two builds of its commit. */
class RebuildCheckTest {
  private static final String A = "a".repeat(64);
  private static final String B = "b".repeat(64);
  private static final String C = "c".repeat(64);
  private static final String FOLDER = "ci/cli/target/dist";

  @TempDir Path folder;

  @Test
  void passesWhenWhatShipsIsWhatEveryBuildMade() {
    assertThat(judged(rebuild(jar(A, A, null), bom(B)), A)).isEqualTo(new Verdict.Pass(2));
  }

  @Test
  void isNotObservedWithoutARebuild() {
    assertThat(RebuildCheck.same(null, subjects(A)))
        .isInstanceOfSatisfying(
            Verdict.NotObserved.class,
            unseen -> assertThat(unseen.missing()).contains("verify --rebuild"));
  }

  @Test
  void namesTheEntryThatDiffers() {
    assertThat(findings(rebuild(jar(A, C, "META-INF/MANIFEST.MF: its content"), bom(B)), A))
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.summary())
                    .isEqualTo(
                        "x-1.jar has other bytes in each build: META-INF/MANIFEST.MF: its content"));
  }

  @Test
  void noticesAFileThatOnlyOneBuildMade() {
    assertThat(findings(rebuild(jar(A, "", "not made by every build"), bom(B)), A)).hasSize(1);
    assertThat(findings(rebuild(jar("", "", null), bom(B)), A)).hasSize(2);
  }

  @Test
  void noticesWhatWasBuiltFromSomethingElse() {
    assertThat(findings(rebuild(jar(A, A, null), bom(B)), C))
        .singleElement()
        .extracting(Finding::summary)
        .isEqualTo(FOLDER + "/x-1.jar is not what the commit builds to");
  }

  @Test
  void noticesAFileThatNoRebuildMade() {
    assertThat(findings(rebuild(bom(B)), A))
        .singleElement()
        .satisfies(
            finding -> assertThat(finding.actual()).isEqualTo("a file that no rebuild made"));
  }

  @Test
  void noticesAFileThatIsMissingHere() {
    Artifact more = new Artifact(FOLDER, "y-1.jar", List.of(C, C), null);
    assertThat(findings(rebuild(jar(A, A, null), bom(B), more), A))
        .singleElement()
        .extracting(Finding::summary)
        .isEqualTo(FOLDER + "/y-1.jar is built from the commit and does not ship");
  }

  @Test
  void readsWhatItWrites() throws IOException {
    Rebuild rebuild = rebuild(jar(A, A, null), bom(B));
    Path file = folder.resolve("rebuild.json");
    Json.write(file, rebuild);
    assertThat(Rebuild.read(file)).isEqualTo(rebuild);
  }

  @Test
  void refusesAListThatWasCutShort() throws IOException {
    Path file = folder.resolve("rebuild.json");
    Json.write(file, rebuild(jar(A, A, null), bom(B)));
    Files.writeString(file, Files.readString(file).replace("\"count\" : 2", "\"count\" : 3"));
    assertThatThrownBy(() -> Rebuild.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the count says 3 artifacts");
  }

  @Test
  void refusesOneBuildAndMissingDigests() {
    Build build = build("first");
    assertThatThrownBy(() -> new Rebuild(Rebuild.SCHEMA, "abc", List.of(build), 0, List.of()))
        .hasMessageContaining("cannot be compared with itself");
    Artifact single = new Artifact(FOLDER, "x-1.jar", List.of(A), null);
    assertThatThrownBy(() -> rebuild(single)).hasMessageContaining("one digest for each build");
  }

  @Test
  void refusesAFileThatIsTooLarge() throws IOException {
    Path file = folder.resolve("rebuild.json");
    try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
      large.setLength((16L << 20) + 1);
    }
    assertThatThrownBy(() -> Rebuild.read(file)).hasMessageContaining("larger than");
  }

  private static Verdict judged(Rebuild rebuild, String digest) {
    return RebuildCheck.same(rebuild, subjects(digest));
  }

  private static List<Finding> findings(Rebuild rebuild, String digest) {
    return ((Verdict.Fail) judged(rebuild, digest)).findings();
  }

  private static Subjects subjects(String digest) {
    return new Subjects(
        Subjects.SCHEMA, B, List.of(), 1, List.of(new Subject(FOLDER, "x-1.jar", digest, 1)));
  }

  private static Artifact jar(String first, String second, @Nullable String difference) {
    return new Artifact(FOLDER, "x-1.jar", List.of(first, second), difference);
  }

  private static Artifact bom(String digest) {
    return new Artifact("target", "bom.json", List.of(digest, digest), null);
  }

  private static Rebuild rebuild(Artifact... artifacts) {
    return new Rebuild(
        Rebuild.SCHEMA,
        "0123abc",
        List.of(build("first"), build("second")),
        artifacts.length,
        List.of(artifacts));
  }

  private static Build build(String name) {
    return new Build(name, "25.0.1", "3.9.9", "022", "UTC", "en-US", 60);
  }
}
