package dev.plumbline.evidence.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.evidence.bundle.sign.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Leaves sample reports in {@code target/sample-reports}, to be looked at. */
class ReportSampleTest {
  private static final Path FOLDER = Path.of("target", "sample-reports");

  @Test
  void leavesReportsToLookAt() throws IOException {
    delete(FOLDER);
    SampleRun no =
        SampleRun.withFindings(
            FOLDER.resolve("no-go"), "mcp-servers/everything", SigningKey.forThisRun());
    assertThat(no.report()).contains("<h1>NO-GO</h1>");
    ToyRun go = ToyRun.good(FOLDER.resolve("go"), SigningKey.forThisRun());
    assertThat(Files.readString(go.root().resolve("report.html"))).contains("<h1>GO</h1>");
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (var files = Files.walk(folder)) {
        for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
