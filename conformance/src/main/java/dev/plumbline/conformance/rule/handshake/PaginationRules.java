package dev.plumbline.conformance.rule.handshake;

import dev.plumbline.conformance.rule.Answer;
import dev.plumbline.conformance.rule.Examination;
import dev.plumbline.conformance.rule.InvalidCursor;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.wire.End;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Verdict;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Rules of the page {@code 2025-11-25/server/utilities/pagination}. */
public final class PaginationRules {
  private static final int SERVER_ERROR = 500;

  private PaginationRules() {}

  /** The page's rules. */
  public static List<Rule> rules() {
    return List.of(
        new Rule(
            "PAGE-001", Probes.ANY, Probes.HANDSHAKE, InvalidCursor.SCRIPT, InvalidCursor::judge),
        new Rule(
            "PAGE-006",
            Probes.ANY,
            Probes.HANDSHAKE,
            CursorScript.SCRIPT,
            PaginationRules::isStable),
        new Rule(
            "PAGE-007",
            Probes.ANY,
            Probes.HANDSHAKE,
            CursorScript.SCRIPT,
            PaginationRules::isUnharmed));
  }

  // --- PAGE-006 ----------------------------------------------------------------------------------

  private static Verdict isStable(Recording recording) {
    Examination examination = new Examination(recording);
    if (!examination.served(Probes.LAWFUL)) {
      return examination.verdict();
    }
    boolean paged = false;
    for (String feature : Probes.LISTED) {
      Optional<Exchange> again = recording.exchange(feature + CursorScript.AGAIN);
      if (again.isPresent() && unchanged(recording, feature)) {
        paged = true;
        Exchange before = recording.exchanges(feature + CursorScript.FIRST).toList().get(1);
        judge(before, again.get(), feature, examination);
      }
    }
    if (!paged) {
      examination.unseen("no list has more than one page and stays as it is");
    }
    return examination.verdict();
  }

  /** Whether the list was the same before and after its cursor was used again. */
  private static boolean unchanged(Recording recording, String feature) {
    Optional<List<JsonNode>> before = CursorScript.entries(recording, feature, CursorScript.FIRST);
    return before.isPresent()
        && before.equals(CursorScript.entries(recording, feature, CursorScript.SECOND));
  }

  private static void judge(
      Exchange before, Exchange again, String feature, Examination examination) {
    Optional<String> missing = Answer.missing(again);
    List<JsonNode> then = CursorScript.entries(before, feature).toList();
    if (missing.isPresent()) {
      examination.unseen(missing.get());
    } else if (again.accepted() && CursorScript.entries(again, feature).toList().equals(then)) {
      examination.kept();
    } else {
      examination.broken(
          again,
          "A cursor of " + feature + "/list does not lead to the same page when it is used again.",
          "A cursor is stable: it leads to the same page as long as the list stays as it is.",
          "The first time it led to "
              + then.size()
              + " entries, the second time came "
              + Answer.told(again)
              + " with "
              + CursorScript.entries(again, feature).count()
              + "; the list was the same before and after.",
          "Let a cursor tell a position, not a state that is used up.");
    }
  }

  // --- PAGE-007 ----------------------------------------------------------------------------------

  private static Verdict isUnharmed(Recording recording) {
    Examination examination = new Examination(recording);
    if (!examination.served(Probes.LAWFUL)) {
      return examination.verdict();
    }
    boolean read = false;
    for (String feature : Probes.LISTED) {
      if (unchanged(recording, feature)) {
        read = true;
        recording
            .exchanges(feature + CursorScript.WRONG)
            .forEach(wrong -> survives(wrong, feature, examination));
        isComplete(recording, feature, examination);
      }
    }
    if (!read) {
      examination.unseen("no list was served that stays as it is");
    }
    return examination.verdict();
  }

  private static void survives(Exchange wrong, String feature, Examination examination) {
    boolean breakdown =
        wrong.response().isEmpty()
            && ((wrong.status().orElse(0) >= SERVER_ERROR && !Answer.unrelated(wrong))
                || (wrong.end() == End.CLOSED && wrong.status().isEmpty()));
    if (breakdown) {
      broken(
          wrong,
          feature + "/list breaks down at a wrong cursor.",
          "The answer is " + Answer.told(wrong) + ".",
          examination);
    } else if (Answer.missing(wrong).isEmpty()) {
      examination.kept();
    }
  }

  private static void isComplete(Recording recording, String feature, Examination examination) {
    Optional<List<JsonNode>> before = CursorScript.entries(recording, feature, CursorScript.SECOND);
    Optional<List<JsonNode>> after = CursorScript.entries(recording, feature, CursorScript.THIRD);
    if (after.isEmpty()) {
      examination.served(feature + CursorScript.THIRD);
    } else if (after.equals(before)) {
      examination.kept();
    } else {
      broken(
          recording.exchange(feature + CursorScript.THIRD).orElseThrow(),
          feature + "/list is another one after wrong cursors.",
          "Before them it had "
              + before.orElse(List.of()).size()
              + " entries twice, after them "
              + after.get().size()
              + ".",
          examination);
    }
  }

  private static void broken(
      Exchange exchange, String summary, String actual, Examination examination) {
    examination.broken(
        exchange,
        summary,
        "A wrong cursor is handled gracefully: it is refused, and does no harm to the list.",
        actual,
        "Check the cursor before anything is done with it, and keep nothing of a wrong one.");
  }
}
