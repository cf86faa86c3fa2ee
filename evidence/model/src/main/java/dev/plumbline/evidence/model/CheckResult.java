package dev.plumbline.evidence.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of one check: a clause of the specification, a failure mode or an SLO.
 *
 * @param id permanent id: {@code TOOL-003}, {@code FM-07}, {@code SLO-TOOLS-CALL}
 * @param title the requirement in one sentence of ours
 * @param level how much weight the requirement carries
 * @param era the era it was judged in; null when the check is not bound to one
 * @param transport what carried it; null when the check is not bound to one
 * @param page the specification page with anchor, or the document that defines the check; a path
 *     such as {@code 2025-11-25/server/tools#error-handling}
 * @param verdict the conclusion
 * @param measurements numbers behind the conclusion, possibly none
 * @param raw the files it was judged from, relative to the run folder
 */
public record CheckResult(
    String id,
    String title,
    Level level,
    @Nullable Era era,
    @Nullable Transport transport,
    String page,
    Verdict verdict,
    List<Measurement> measurements,
    List<String> raw) {
  /** Copies the lists. */
  public CheckResult {
    measurements = List.copyOf(measurements);
    raw = List.copyOf(raw);
  }
}
