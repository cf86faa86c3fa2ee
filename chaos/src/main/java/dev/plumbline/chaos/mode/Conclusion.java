package dev.plumbline.chaos.mode;

import dev.plumbline.chaos.journal.Story;
import dev.plumbline.evidence.model.Finding;
import dev.plumbline.evidence.model.Measurement;
import dev.plumbline.evidence.model.Verdict;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects what is concluded from one story. What broke in Plumbline voids everything else; then a
 * finding outweighs what was not seen, and only what was examined can pass.
 */
public final class Conclusion {
  private final Story story;
  private final List<String> harnessFaults = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();
  private final List<Measurement> measurements = new ArrayList<>();
  private long examined;

  Conclusion(Story story) {
    this.story = story;
  }

  /** Plumbline itself did not do what it should: no verdict about the target. */
  void harnessFault(String cause) {
    harnessFaults.add(cause);
  }

  /** Something could not be seen. */
  void missing(String what) {
    missing.add(what);
  }

  /** So many requests were looked at. */
  void examined(long more) {
    examined += more;
  }

  void measured(Measurement measurement) {
    measurements.add(measurement);
  }

  /** The target did not hold. */
  void broken(String summary, String expected, String actual, String fix) {
    findings.add(
        new Finding(
            summary,
            story.header().method() + " requests, " + story.header().era().revision(),
            actual,
            expected,
            actual,
            fix,
            List.of("raw/chaos/" + story.file())));
  }

  /** The verdict. */
  public Verdict verdict() {
    if (!harnessFaults.isEmpty()) {
      return new Verdict.HarnessFault(String.join("; ", harnessFaults));
    }
    if (!findings.isEmpty()) {
      return new Verdict.Fail(findings);
    }
    if (!missing.isEmpty() || examined == 0) {
      return new Verdict.NotObserved(
          missing.isEmpty() ? "no requests" : String.join("; ", missing));
    }
    return new Verdict.Pass(examined);
  }

  /** The numbers behind it. */
  public List<Measurement> measurements() {
    return List.copyOf(measurements);
  }
}
