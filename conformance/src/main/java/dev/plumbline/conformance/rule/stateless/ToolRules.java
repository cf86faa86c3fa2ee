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

/** Rules of the page {@code 2026-07-28/server/tools}. */
public final class ToolRules {
  private static final String LIST = "list";

  /** How often the list is asked for. */
  private static final int TIMES = 4;

  private ToolRules() {}

  /** The page's rules. */
  public static List<Rule> rules() {
    return List.of(
        new Rule(
            "TOOL-501",
            Probes.BOTH,
            Probes.STATELESS.capability("tools"),
            UnknownTool.SCRIPT,
            UnknownTool::judge),
        new Rule(
            "TOOL-502",
            Probes.BOTH,
            Probes.STATELESS.capability("tools"),
            ToolRules::listsSeveralTimes,
            ToolRules::orderStays),
        new Rule(
            "TOOL-503",
            Probes.BOTH,
            Probes.STATELESS.capability("tools"),
            StructuredContent.SCRIPT,
            StructuredContent::judge));
  }

  private static void listsSeveralTimes(Stage stage)
      throws TargetException, HarnessException, InterruptedException {
    Conversation conversation = stage.open();
    for (int time = 0; time < TIMES; time++) {
      conversation.send(LIST, conversation.draft("tools/list"));
    }
  }

  private static Verdict orderStays(Recording recording) {
    Examination examination = new Examination(recording);
    if (!examination.served(LIST)) {
      return examination.verdict();
    }
    List<Exchange> lists = recording.exchanges(LIST).filter(Exchange::accepted).toList();
    List<String> first = names(lists.getFirst());
    if (lists.size() < TIMES) {
      examination.unseen("tools/list was not served every time");
    } else if (first.size() < 2) {
      return new Verdict.NotApplicable("fewer than two tools have no order");
    }
    for (Exchange list : lists.subList(1, lists.size())) {
      compare(first, list, examination);
    }
    return examination.verdict();
  }

  private static void compare(List<String> first, Exchange list, Examination examination) {
    List<String> names = names(list);
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

  private static List<String> names(Exchange list) {
    return list.result().stream()
        .flatMap(result -> result.path("tools").valueStream())
        .map(tool -> tool.path("name").asString(""))
        .toList();
  }
}
