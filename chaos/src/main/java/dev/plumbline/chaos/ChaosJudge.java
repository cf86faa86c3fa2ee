package dev.plumbline.chaos;

import dev.plumbline.chaos.journal.Entry;
import dev.plumbline.chaos.journal.Story;
import dev.plumbline.chaos.journal.SuiteLog;
import dev.plumbline.chaos.mode.Common;
import dev.plumbline.chaos.mode.Conclusion;
import dev.plumbline.chaos.mode.FailureMode;
import dev.plumbline.chaos.mode.FailureModes;
import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Era;
import dev.plumbline.evidence.model.Judge;
import dev.plumbline.evidence.model.Level;
import dev.plumbline.evidence.model.Measurement;
import dev.plumbline.evidence.model.Suite;
import dev.plumbline.evidence.model.SuiteResult;
import dev.plumbline.evidence.model.Transport;
import dev.plumbline.evidence.model.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Concludes from the raw folder of the chaos suite, and from nothing else. */
public final class ChaosJudge implements Judge {
  /** A judge has no state. */
  public ChaosJudge() {}

  @Override
  public Suite suite() {
    return Suite.CHAOS;
  }

  @Override
  public SuiteResult judge(Path raw) throws IOException {
    SuiteLog log = SuiteLog.read(raw);
    List<CheckResult> checks = new ArrayList<>();
    for (SuiteLog.Planned planned : log.planned()) {
      checks.add(judge(raw, planned));
    }
    Map<String, String> facts = new TreeMap<>();
    facts.put("fault-backend", log.backend());
    facts.put("complete", Boolean.toString(log.complete()));
    return new SuiteResult(Suite.CHAOS, checks, facts);
  }

  /** Judges one failure mode. */
  static CheckResult judge(Path raw, SuiteLog.Planned planned) throws IOException {
    FailureMode mode =
        FailureModes.of(planned.mode())
            .orElseThrow(
                () -> new IOException(SuiteLog.FILE + ": unknown failure mode " + planned.mode()));
    if (!planned.notApplicable().isEmpty()) {
      return result(
          mode, null, new Verdict.NotApplicable(planned.notApplicable()), List.of(), List.of());
    }
    if (planned.file().isEmpty()) {
      return result(mode, null, new Verdict.NotObserved("not run"), List.of(), List.of());
    }
    Story story = Story.read(raw.resolve(planned.file()));
    if (!story.header().mode().equals(mode.id())) {
      throw new IOException(planned.file() + " is about " + story.header().mode());
    }
    Conclusion conclusion;
    try {
      conclusion = Common.conclude(mode, story);
    } catch (IllegalArgumentException e) {
      throw new IOException(planned.file() + ": " + e.getMessage(), e);
    }
    return result(
        mode,
        story.header(),
        conclusion.verdict(),
        conclusion.measurements(),
        List.of("raw/chaos/" + planned.file()));
  }

  private static CheckResult result(
      FailureMode mode,
      Entry.@Nullable Header header,
      Verdict verdict,
      List<Measurement> measurements,
      List<String> raw) {
    Era era = header == null ? null : header.era();
    Transport transport = header == null ? null : Transport.HTTP;
    return new CheckResult(
        mode.id(),
        mode.title(),
        Level.MUST,
        era,
        transport,
        mode.page(),
        verdict,
        measurements,
        raw);
  }
}
