package dev.plumbline.evidence.bundle.report;

import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Verdict;
import java.util.Optional;

/** How a verdict looks where there is room for a word of four letters only. */
enum Cell {
  PASS("pass", "go", "kept", false),
  FAIL("fail", "no", "broken", true),
  UNSEEN("n/o", "doubt", "not observed", true),
  NONE("n/a", "mute", "not applicable", false),
  VOID("void", "void", "harness fault", true),
  ABSENT("–", "absent", "not asked", false);

  /** What stands in the cell. */
  final String word;

  /** The class of its colour. */
  final String style;

  /** What it means. */
  final String says;

  /** Whether there is something to open. */
  final boolean opens;

  Cell(String word, String style, String says, boolean opens) {
    this.word = word;
    this.style = style;
    this.says = says;
    this.opens = opens;
  }

  static Cell of(Optional<CheckResult> check) {
    return check.isEmpty()
        ? ABSENT
        : switch (check.get().verdict()) {
          case Verdict.Pass _ -> PASS;
          case Verdict.Fail _ -> FAIL;
          case Verdict.NotObserved _ -> UNSEEN;
          case Verdict.NotApplicable _ -> NONE;
          case Verdict.HarnessFault _ -> VOID;
        };
  }

  /** Why a verdict is what it is, in a line. */
  static String reason(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Pass(var examined) -> examined + " examined";
      case Verdict.Fail(var findings) -> findings.getFirst().summary();
      case Verdict.NotObserved(var missing) -> missing;
      case Verdict.NotApplicable(var reason) -> reason;
      case Verdict.HarnessFault(var cause) -> cause;
    };
  }
}
