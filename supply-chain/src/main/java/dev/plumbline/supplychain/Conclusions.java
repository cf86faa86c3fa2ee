package dev.plumbline.supplychain;

import dev.plumbline.evidence.model.Finding;
import dev.plumbline.evidence.model.Verdict;
import java.util.List;

/** How the checks of this suite say what they found. */
final class Conclusions {
  /** The folder of the raw data, as findings cite it. */
  static final String RAW = "raw/supply-chain/";

  /** What brings jars and bill of materials back together. */
  static final String BUILD =
      "run 'mvn package' in a clean clone, which writes target/bom.json and the dist folders, and repeat the run";

  /** More findings than this say nothing new; the rest is counted. */
  private static final int MAX_FINDINGS = 20;

  private Conclusions() {}

  static Verdict verdict(List<Finding> findings, int examined) {
    if (!findings.isEmpty()) {
      return new Verdict.Fail(findings.subList(0, Math.min(MAX_FINDINGS, findings.size())));
    }
    return examined == 0
        ? new Verdict.NotObserved("nothing to examine")
        : new Verdict.Pass(examined);
  }

  /** Names for a line of text: the first, and how many others there are. */
  static String named(List<String> names) {
    return names.size() <= MAX_FINDINGS
        ? String.join("; ", names)
        : String.join("; ", names.subList(0, MAX_FINDINGS))
            + "; and "
            + (names.size() - MAX_FINDINGS)
            + " more";
  }

  /**
   * A finding that cites one file of the raw data.
   *
   * @param file its name below {@link #RAW}
   */
  static Finding finding(
      String file,
      String summary,
      String sent,
      String received,
      String expected,
      String actual,
      String fix) {
    return new Finding(summary, sent, received, expected, actual, fix, List.of(RAW + file));
  }
}
