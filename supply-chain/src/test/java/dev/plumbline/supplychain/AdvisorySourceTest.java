package dev.plumbline.supplychain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.supplychain.AdvisorySource.Limits;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Databases of advisories on a real disk, lawful and hostile. */
class AdvisorySourceTest {
  private static final LocalDate DAY = LocalDate.parse("2026-11-22");
  private static final String LAWFUL =
      Osv.advisory("GHSA-1", "g:a", Osv.rated("HIGH"), Osv.introduced("0"));

  @TempDir Path folder;

  @Test
  void readsAFolderAndItsFolders() throws IOException {
    write("2026/11/GHSA-1.json", LAWFUL);
    write("GHSA-2.json", Osv.advisory("GHSA-2", "g:other", "", Osv.introduced("0")));
    write("README.md", "not an advisory");
    Advisories known = read(folder);
    assertThat(known.read()).isEqualTo(2);
    assertThat(known.maven()).isEqualTo(2);
    assertThat(known.advisories()).extracting(Advisory::id).containsExactly("GHSA-1");
    assertThat(known.newest()).isEqualTo("2026-11-20T10:00:00Z");
    assertThat(known.day()).isEqualTo(DAY);
  }

  @Test
  void readsTheSameFromAZip() throws IOException {
    write("GHSA-1.json", LAWFUL);
    Path zip = zip(Map.of("GHSA-1.json", LAWFUL));
    Advisories known = read(zip);
    assertThat(known.advisories()).isEqualTo(read(folder).advisories());
    assertThat(known.sha256()).isEqualTo(read(folder).sha256()).hasSize(64);
    assertThat(known.source()).isEqualTo("all.zip");
  }

  @Test
  void countsWhatIsNotAboutMavenAndWhatWasTakenBack() throws IOException {
    write("a.json", LAWFUL.replace("\"Maven\"", "\"npm\"").replace("GHSA-1", "GHSA-3"));
    write(
        "b.json",
        LAWFUL.replace("\"aliases\"", "\"withdrawn\": \"2026-11-21T00:00:00Z\", \"aliases\""));
    Advisories known = read(folder);
    assertThat(known.read()).isEqualTo(2);
    assertThat(known.maven()).isEqualTo(1);
    assertThat(known.withdrawn()).isEqualTo(1);
    assertThat(known.advisories()).isEmpty();
  }

  @Test
  void takesMavenInAnyRepository() throws IOException {
    write("a.json", LAWFUL.replace("\"Maven\"", "\"Maven:https://repo.example.org/releases\""));
    assertThat(read(folder).advisories()).hasSize(1);
  }

  @Test
  void passesOverRangesOfCommits() throws IOException {
    String commits =
        "{\"type\": \"GIT\", \"repo\": \"https://example.org\", \"events\": [{\"introduced\": \"0\"}, {\"fixed\": \"abc\"}]},";
    write("a.json", LAWFUL.replace("\"ranges\": [", "\"ranges\": [" + commits));
    assertThat(read(folder).advisories().getFirst().affected().getFirst().ranges()).hasSize(1);
  }

  @TestFactory
  Stream<DynamicTest> refusesWhatIsNotOfTheForm() {
    Map<String, String> wrong = new LinkedHashMap<>();
    wrong.put("{", "");
    wrong.put("[]", "not an object");
    wrong.put(LAWFUL + "{}", "");
    wrong.put(LAWFUL.replace("\"id\": \"GHSA-1\",", ""), "id is missing");
    wrong.put(LAWFUL.replace("\"id\": \"GHSA-1\"", "\"id\": 1"), "id is missing or not a text");
    wrong.put(LAWFUL.replace("2026-11-20T10:00:00Z", "yesterday"), "modified is not a time");
    wrong.put(
        LAWFUL.replace("\"affected\": [", "\"affected\": {\"x\": [").replace("]}]}", "]}]}}"), "");
    wrong.put(LAWFUL.replace("\"name\": \"g:a\"", "\"nam\": \"g:a\""), "name is missing");
    wrong.put(LAWFUL.replace("ECOSYSTEM", "MOON"), "a range of the unknown type MOON");
    wrong.put(LAWFUL.replace("introduced", "indroduced"), "unknown kind indroduced");
    wrong.put(LAWFUL.replace(Osv.introduced("0"), Osv.fixed("1")), "the version it begins with");
    wrong.put(
        LAWFUL.replace(Osv.introduced("0"), "{\"introduced\": \"0\", \"fixed\": \"1\"}"),
        "an event of a range that is not one version");
    wrong.put(LAWFUL.replace("\"ranges\"", "\"rangs\""), "names g:a and no version of it");
    wrong.put(
        LAWFUL.replace(Osv.rated("HIGH"), Osv.scored("CVSS_V3", "CVSS:3.1/AV:N")),
        "severity CVSS:3.1/AV:N");
    return wrong.entrySet().stream()
        .map(
            one ->
                DynamicTest.dynamicTest(
                    one.getValue().isEmpty() ? "no JSON" : one.getValue(),
                    () -> {
                      assertThat(one.getKey()).isNotEqualTo(LAWFUL);
                      write("x.json", one.getKey());
                      assertThatThrownBy(() -> read(folder))
                          .isInstanceOf(IOException.class)
                          .hasMessageStartingWith("x.json: ")
                          .hasMessageContaining(one.getValue());
                    }));
  }

  @Test
  void refusesOneAdvisoryTwice() throws IOException {
    write("a.json", LAWFUL);
    write("b.json", LAWFUL);
    assertThatThrownBy(() -> read(folder)).hasMessage("b.json: GHSA-1 is there twice");
  }

  @Test
  void refusesWhatHoldsNothing() throws IOException {
    assertThatThrownBy(() -> read(folder)).hasMessageContaining("holds no .json file");
    assertThatThrownBy(() -> read(folder.resolve("nowhere"))).hasMessageContaining("no such file");
    write("text.zip", "not a zip");
    assertThatThrownBy(() -> read(folder.resolve("text.zip")))
        .hasMessageContaining("neither a folder nor a zip");
  }

  @Test
  void boundsADocumentByWhatItUnpacksTo() throws IOException {
    String padded = LAWFUL + " ".repeat(5_000_000);
    Path zip = zip(Map.of("bomb.json", padded));
    assertThat(Files.size(zip)).isLessThan(20_000);
    assertThatThrownBy(
            () -> source(new Limits(10, 1_000_000, 10_000_000)).read(zip, DAY, List.of()))
        .hasMessage("bomb.json: larger than 1000000 bytes");
  }

  @Test
  void boundsAllDocumentsTogether() throws IOException {
    for (int i = 0; i < 4; i++) {
      write(i + ".json", LAWFUL.replace("GHSA-1", "GHSA-" + i) + " ".repeat(400_000));
    }
    Limits limits = new Limits(10, 1_000_000, 1_000_000);
    assertThatThrownBy(() -> source(limits).read(folder, DAY, List.of()))
        .hasMessage("2.json: all together are larger than 1000000 bytes");
  }

  @Test
  void boundsTheNumberOfFiles() throws IOException {
    Limits limits = new Limits(2, 1_000_000, 10_000_000);
    for (String name : List.of("a", "b", "c")) {
      write(name + ".json", LAWFUL.replace("GHSA-1", name));
    }
    assertThatThrownBy(() -> source(limits).read(folder, DAY, List.of()))
        .hasMessage("more than 2 files");
    Path zip = zip(Map.of("a.json", LAWFUL, "b.txt", "", "c.txt", ""));
    assertThatThrownBy(() -> source(limits).read(zip, DAY, List.of()))
        .hasMessage("more than 2 files");
  }

  @Test
  void takesNoNameInAZipForAPath() throws IOException {
    Path database = Files.createDirectory(folder.resolve("database"));
    Path zip = database.resolve("all.zip");
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("../../escaped.json", LAWFUL);
    entries.put("/tmp/escaped.json", LAWFUL.replace("GHSA-1", "GHSA-2"));
    zip(zip, entries);
    assertThat(read(zip).advisories()).hasSize(2);
    try (Stream<Path> left = Files.walk(folder)) {
      assertThat(left).containsExactlyInAnyOrder(folder, database, zip);
    }
    zip(zip, Map.of("../up\u001b[31m.json", "{"));
    assertThatThrownBy(() -> read(zip)).hasMessageStartingWith("../up?[31m.json: ");
  }

  @Test
  void followsNoLink() throws IOException {
    Path outside = Files.writeString(folder.resolve("outside.txt"), LAWFUL);
    Path database = Files.createDirectory(folder.resolve("database"));
    Files.createSymbolicLink(database.resolve("link.json"), outside);
    assertThatThrownBy(() -> read(database)).hasMessageContaining("holds no .json file");
  }

  private static AdvisorySource source(Limits limits) {
    return new AdvisorySource(Set.of("g:a"), limits);
  }

  private static Advisories read(Path source) throws IOException {
    return source(Limits.STANDARD).read(source, DAY, List.of());
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private Path zip(Map<String, String> entries) throws IOException {
    return zip(folder.resolve("all.zip"), entries);
  }

  private static Path zip(Path zip, Map<String, String> entries) throws IOException {
    try (OutputStream file = Files.newOutputStream(zip);
        ZipOutputStream out = new ZipOutputStream(file)) {
      for (Map.Entry<String, String> entry : entries.entrySet()) {
        out.putNextEntry(new ZipEntry(entry.getKey()));
        out.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
    return zip;
  }
}
