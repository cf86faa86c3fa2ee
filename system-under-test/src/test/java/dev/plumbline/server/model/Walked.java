package dev.plumbline.server.model;

import dev.plumbline.conformance.model.Ask;
import dev.plumbline.conformance.model.Offer;
import dev.plumbline.conformance.model.RoundTripModel;
import dev.plumbline.conformance.model.Walk;
import dev.plumbline.server.api.McpServer;
import dev.plumbline.server.feature.ServerCard;
import dev.plumbline.server.fixture.DemoCatalog;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The server that is walked, and what of it walks use. */
final class Walked {
  /** What it offers to walks: nothing that takes its time, except a task that never ends. */
  static final Offer OFFER =
      new Offer(
          true,
          "2025-11-25",
          List.of("2025-11-25", "2025-06-18", "2025-03-26"),
          true,
          List.of("tools/list", "resources/list", "prompts/list"),
          List.of(
              call("report"),
              call("test_trigger_tool_change"),
              call("test_trigger_prompt_change"),
              call("touch_watched")),
          List.of(compute(600), compute(0)),
          List.of(
              call("test_input_required_result_elicitation"),
              call("test_input_required_result_multiple_inputs"),
              call("test_input_required_result_multi_round")),
          List.of("toolsListChanged", "promptsListChanged", "resourcesListChanged"),
          List.of("test://watched-resource"),
          List.of("tasks.cancel", "tasks.list", RoundTripModel.SEALED));

  private Walked() {}

  /** A fresh one. */
  static McpServer catalog() {
    McpServer server =
        DemoCatalog.withFixture(new ServerCard("server", "Server", "1", "Here to be walked."));
    server.tool(
        "report",
        "Reports progress, at once.",
        (_, call) -> {
          call.progress(1, 2, "half");
          return "done";
        });
    return server;
  }

  /** What kinds of commands a walk was made of, whichever one of their kind they were about. */
  static Set<String> kinds(Walk walk) {
    return walk.labels().stream()
        .map(label -> label.substring(label.indexOf('-') + 1).replaceAll("-\\d+", ""))
        .collect(Collectors.toSet());
  }

  private static Offer.Call call(String name) {
    return new Offer.Call(name, Ask.object());
  }

  private static Offer.Call compute(int seconds) {
    return new Offer.Call(
        "slow_compute", Ask.object().put("seconds", seconds).put("label", "walk"));
  }
}
