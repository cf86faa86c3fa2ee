package dev.plumbline.conformance.rule.stateless;

import dev.plumbline.conformance.probe.CallableTool;
import dev.plumbline.conformance.probe.ToolInfo;
import dev.plumbline.conformance.rule.MessageShapes;
import dev.plumbline.conformance.rule.Probes;
import dev.plumbline.conformance.rule.Script;
import dev.plumbline.conformance.rule.Stage;
import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.Draft;
import dev.plumbline.evidence.model.HarnessException;
import dev.plumbline.evidence.model.TargetException;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Calls every tool twice: by a client that declares everything, and by one that declares nothing.
 */
final class Undeclared {
  static final String DECLARED = "declared-";
  static final String BARE = "bare-";
  private static final int MAX_TOOLS = 48;

  private Undeclared() {}

  /** Calls what may be called. */
  static final Script SCRIPT = Undeclared::run;

  private static void run(Stage stage)
      throws TargetException, HarnessException, InterruptedException {
    Conversation conversation = stage.open();
    if (!Probes.lawful(conversation).accepted()) {
      return;
    }
    List<ToolInfo> tools =
        stage.probe().tools().stream()
            .filter(tool -> tool.callable() && stage.consent().covers(tool.needs()))
            .limit(MAX_TOOLS)
            .toList();
    for (ToolInfo tool : tools) {
      ObjectNode params = new CallableTool(tool, (ObjectNode) tool.arguments().deepCopy()).params();
      Draft declared =
          conversation
              .draft("tools/call", params)
              .meta(
                  meta -> {
                    meta.set(Draft.META_CAPABILITIES, MessageShapes.everything());
                    return meta;
                  });
      conversation.send(DECLARED + tool.name(), declared);
      conversation.send(BARE + tool.name(), conversation.draft("tools/call", params));
    }
  }
}
