package dev.plumbline.ci.cli.config;

import dev.plumbline.evidence.bundle.gate.Baseline;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads {@code plumbline-baseline.yaml}: findings accepted for a while, each with a reason. */
public final class BaselineFile {
  /** What a reason begins with until somebody has written one. */
  public static final String TODO = "TODO";

  private BaselineFile() {}

  /**
   * Reads a file.
   *
   * @throws UsageException when it cannot be read or is malformed; {@code file:line: what}
   */
  public static Baseline read(Path file) throws UsageException {
    String name = file.toString();
    String text = SettingsText.read(file, "--baseline");
    Fields root = Fields.of(name, YamlReader.read(name, text), "the file");
    List<Baseline.Entry> entries = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Fields fields : root.mappings("accepted")) {
      Baseline.Entry entry =
          new Baseline.Entry(
              fields.required("clause", CheckIds::require),
              fields.required("reason", BaselineFile::reason),
              fields.required("expires", BaselineFile::date));
      fields.refuseOthers();
      if (!seen.add(entry.clause())) {
        throw fields.problem(entry.clause() + " is accepted twice; keep one entry");
      }
      entries.add(entry);
    }
    root.refuseOthers();
    return new Baseline(entries);
  }

  static String reason(String text) throws UsageException {
    if (text.strip().startsWith(TODO)) {
      throw new UsageException("still says " + TODO + "; write why it is accepted");
    }
    return text;
  }

  static LocalDate date(String text) throws UsageException {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw new UsageException("'" + text + "' is not a date; write YYYY-MM-DD", e);
    }
  }
}
