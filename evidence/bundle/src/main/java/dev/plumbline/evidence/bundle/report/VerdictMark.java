package dev.plumbline.evidence.bundle.report;

import dev.plumbline.evidence.model.Verdict;

/** Verdicts as marks that do not depend on colour. */
final class VerdictMark {
  private VerdictMark() {}

  static Html of(Verdict verdict) {
    return Html.of(
        "<span class=\"{}\"><span class=\"mark {}\">{}</span></span>",
        tone(verdict),
        symbol(verdict),
        Text.verdict(verdict));
  }

  private static String tone(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Pass _ -> "tone-go";
      case Verdict.Fail _ -> "tone-no";
      case Verdict.NotObserved _ -> "tone-doubt";
      case Verdict.NotApplicable _, Verdict.HarnessFault _ -> "tone-mute";
    };
  }

  private static String symbol(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Pass _ -> "pass";
      case Verdict.Fail _ -> "fail";
      case Verdict.NotObserved _ -> "none";
      case Verdict.NotApplicable _ -> "na";
      case Verdict.HarnessFault _ -> "fault";
    };
  }
}
