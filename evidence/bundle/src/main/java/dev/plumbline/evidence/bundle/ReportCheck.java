package dev.plumbline.evidence.bundle;

import dev.plumbline.evidence.bundle.report.Reported;
import dev.plumbline.evidence.bundle.report.Reports;
import dev.plumbline.evidence.bundle.sign.Manifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** Reports are a pure function of the bundle, so they cannot tell another story than it. */
final class ReportCheck {
  private ReportCheck() {}

  /** The first report that is not what the bundle gives, with what is wrong about it. */
  static Optional<String> firstDifference(Reported bundle, Manifest manifest) throws IOException {
    Map<String, String> reports = Reports.render(bundle);
    for (Manifest.Entry entry : manifest.files()) {
      if (Reports.isReport(entry.path()) && !reports.containsKey(entry.path())) {
        return Optional.of(entry.path() + ": no report that this bundle gives");
      }
    }
    for (Map.Entry<String, String> report : reports.entrySet()) {
      Path file = bundle.folder().root().resolve(report.getKey());
      byte[] expected = report.getValue().getBytes(StandardCharsets.UTF_8);
      if (!Files.isRegularFile(file) || !Arrays.equals(Files.readAllBytes(file), expected)) {
        return Optional.of(
            report.getKey() + ": tells something else than the bundle it belongs to");
      }
    }
    return Optional.empty();
  }
}
