package dev.plumbline.conformance.rule;

import dev.plumbline.conformance.probe.CallableTool;
import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Verdict;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * TOOL-002 and TOOL-501: calling a tool that does not exist is a protocol error. Any error code
 * will do: the pages name one in an example only.
 */
public final class UnknownTool {
  private static final String UNKNOWN = "unknown-tool";

  private UnknownTool() {}

  /** Calls a read-only tool lawfully when there is one, then a tool that does not exist. */
  public static final Script SCRIPT =
      stage -> {
        Conversation conversation = stage.open();
        Optional<CallableTool> tool = Probes.readOnlyTool(stage);
        if (tool.isPresent()) {
          conversation.send(Probes.LAWFUL, conversation.draft("tools/call", tool.get().params()));
        }
        ObjectNode params = Probes.params("name", Probes.UNKNOWN_NAME);
        params.set("arguments", Messages.object());
        conversation.send(UNKNOWN, conversation.draft("tools/call", params));
      };

  /** A result is wrong in any case; an error counts only when a lawful call was served. */
  public static Verdict judge(Recording recording) {
    Examination examination = new Examination(recording);
    examination.answered(UNKNOWN).ifPresent(e -> judge(e, recording, examination));
    return examination.verdict();
  }

  private static void judge(Exchange exchange, Recording recording, Examination examination) {
    if (exchange.result().isPresent()) {
      examination.broken(
          exchange,
          "Calling a tool that does not exist is answered with a tool result.",
          "An unknown tool is a protocol error: the answer is a JSON-RPC error such as -32602.",
          "The answer holds a result"
              + (exchange.result().get().path("isError").asBoolean(false)
                  ? " with isError true."
                  : "."),
          "Look the tool up before calling it and answer with error -32602 when there is none.");
      return;
    }
    if (exchange.error().isEmpty()) {
      examination.unseen("the unknown tool got no JSON-RPC answer: " + Answer.told(exchange));
      return;
    }
    if (recording.exchange(Probes.LAWFUL).isEmpty()) {
      examination.unseen("there is no read-only tool to call lawfully");
    } else if (examination.served(Probes.LAWFUL)) {
      examination.kept();
    }
  }
}
