package dev.plumbline.server.mutant;

import dev.plumbline.server.ServerParts;
import dev.plumbline.server.feature.Catalog;
import dev.plumbline.server.feature.Method;
import dev.plumbline.server.feature.Tool;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/** Defects in the features of the stateless era. */
final class StatelessFeatureMutants {
  private StatelessFeatureMutants() {}

  static List<Mutant> all() {
    return List.of(
        // TOOL-501
        Planting.statelessMethod(
            "unknown-tool-as-complete-result", "tools/call", FeatureDefects::unknownToolAsResult),
        // TOOL-502
        Planting.statelessMethod("tools-rotate", "tools/list", StatelessFeatureMutants::rotating),
        // TOOL-503
        Planting.statelessResult(
            "structured-content-omitted",
            "tools/call",
            result -> result.remove("structuredContent")),
        // RES-501
        Planting.stateless(
            "unknown-resource-legacy-code", parts -> parts.withErrors(UnaryOperator.identity())),
        // PAGE-501
        Planting.stateless(
            "invalid-cursor-restarts", parts -> parts.withMethods(FeatureDefects::cursorsIgnored)),
        // PROM-501
        Planting.stateless(
            "declared-prompts-unanswered",
            parts -> parts.withMethods(table -> table.without("prompts/list"))),
        // BASE-508
        Planting.statelessResult(
            "prompt-role-unknown",
            "prompts/get",
            result ->
                ((ObjectNode) result.withArrayProperty("messages").get(0)).put("role", "system")));
  }

  /** Turns one place further whenever the list is read from its start; pages stay consistent. */
  private static Method rotating(ServerParts parts, Method original) {
    AtomicInteger places = new AtomicInteger();
    Catalog catalog = parts.features().catalog();
    return (context, params) -> {
      int turned = params.has("cursor") ? places.get() : places.incrementAndGet();
      List<Tool> tools = new ArrayList<>(catalog.tools());
      Collections.rotate(tools, -turned);
      return parts.features().over(catalog.withTools(tools)).listTools(context, params);
    };
  }
}
