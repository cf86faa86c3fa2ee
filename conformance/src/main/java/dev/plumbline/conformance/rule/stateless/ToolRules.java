package dev.plumbline.conformance.rule.stateless;

import dev.plumbline.conformance.rule.Examination;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Rule;
import dev.plumbline.conformance.rule.Stage;
import dev.plumbline.conformance.rule.StructuredContent;
import dev.plumbline.conformance.rule.UnknownTool;
import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.TargetException;
import dev.plumbline.evidence.model.Verdict;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Rules of the page {@code 2026-07-28/server/tools}. */
public final class ToolRules {
  /** How often the list is asked for. */
  private static final int TIMES = 3;

  private ToolRules() {}

  /** The page's rules. */
  public static List<Rule> rules() {
    return List.of(
        new Rule(
            "TOOL-501",
            Probes.ANY,
            Probes.STATELESS.capability("tools"),
            UnknownTool.SCRIPT,
            UnknownTool::judge),
        new Rule(
            "TOOL-502",
            Probes.ANY,
            Probes.STATELESS.capability("tools"),
            ToolRules::listsSeveralTimes,
            ToolRules::orderStays),
        new Rule(
            "TOOL-503",
            Probes.ANY,
            Probes.STATELESS.capability("tools"),
            StructuredContent.SCRIPT,
            StructuredContent::judge));
  }

  private static void listsSeveralTimes(Stage stage)
      throws TargetException, HarnessException, InterruptedException {
    Conversation conversation = stage.open();
    for (int time = 1; time <= TIMES; time++) {
      Probes.allTools(conversation, label(time));
    }
  }

  private static String label(int time) {
    return "list-" + time + "-page";
  }

  private static Verdict orderStays(Recording recording) {
    Examination examination = new Examination(recording);
    if (!examination.served(label(1))) {
      return examination.verdict();
    }
    Optional<List<String>> first = names(recording, 1);
    if (first.isPresent() && first.get().size() < 2) {
      return new Verdict.NotApplicable("fewer than two tools have no order");
    }
    for (int time = 2; time <= TIMES; time++) {
      Optional<List<String>> names = names(recording, time);
      Optional<Exchange> list = recording.exchange(label(time));
      if (first.isEmpty() || names.isEmpty() || list.isEmpty()) {
        examination.unseen("tools/list was not served every time");
      } else {
        compare(first.get(), names.get(), list.get(), examination);
      }
    }
    return examination.verdict();
  }

  private static void compare(
      List<String> first, List<String> names, Exchange list, Examination examination) {
    if (names.equals(first)) {
      examination.kept();
    } else if (!new HashSet<>(names).equals(new HashSet<>(first))) {
      examination.unseen("the set of tools changed while it was listed");
    } else {
      examination.broken(
          list,
          "The same tools are listed in another order.",
          "As long as the set of tools does not change, every list has the same order.",
          "First " + first + ", then " + names + ".",
          "Keep the tools in a collection with a fixed order, or sort them by name.");
    }
  }

  /** The names on all pages of one list; empty when a page was not served. */
  private static Optional<List<String>> names(Recording recording, int time) {
    List<Exchange> pages = recording.exchanges(label(time)).toList();
    if (pages.isEmpty() || !pages.stream().allMatch(Exchange::accepted)) {
      return Optional.empty();
    }
    return Optional.of(
        pages.stream()
            .flatMap(page -> page.result().stream())
            .flatMap(result -> result.path("tools").valueStream())
            .map(tool -> tool.path("name").asString(""))
            .toList());
  }
}
