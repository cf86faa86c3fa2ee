package dev.plumbline.evidence.bundle;

import dev.plumbline.evidence.bundle.gate.DecisionRecord;
import dev.plumbline.evidence.model.CheckResult;
import dev.plumbline.evidence.model.Json;
import dev.plumbline.evidence.model.SuiteResult;
import dev.plumbline.evidence.model.Verdict;

/** Names the first place where two values that should be equal are not. */
final class Difference {
  private Difference() {}

  static String first(SuiteResult stated, SuiteResult judged) {
    int shared = Math.min(stated.checks().size(), judged.checks().size());
    for (int i = 0; i < shared; i++) {
      CheckResult one = stated.checks().get(i);
      CheckResult other = judged.checks().get(i);
      if (!one.equals(other)) {
        return one.id()
            + " is stated as "
            + word(one.verdict())
            + ", judged "
            + word(other.verdict())
            + (word(one.verdict()).equals(word(other.verdict())) ? " with other details" : "");
      }
    }
    if (stated.checks().size() != judged.checks().size()) {
      return stated.checks().size() + " checks are stated, " + judged.checks().size() + " judged";
    }
    return "facts differ";
  }

  static String first(DecisionRecord stated, DecisionRecord again) {
    for (int i = 0; i < Math.min(stated.gates().size(), again.gates().size()); i++) {
      if (!stated.gates().get(i).equals(again.gates().get(i))) {
        return "; " + stated.gates().get(i).id() + " differs first";
      }
    }
    return "";
  }

  private static String word(Verdict verdict) {
    return Json.mapper().valueToTree(verdict).path("verdict").asString("");
  }
}
