package dev.plumbline.conformance.rule;

import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Inbound;
import dev.plumbline.conformance.wire.Line;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.conformance.wire.Recording;
import dev.plumbline.evidence.model.Verdict;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** TRAN-001 and TRAN-506: standard output carries nothing but MCP messages. */
public final class StdoutPurity {
  /** How long the process may take to end; what it writes meanwhile counts too. */
  private static final Duration FAREWELL = Duration.ofSeconds(2);

  private static final int MAX_QUOTED = 120;

  private StdoutPurity() {}

  /** Lets the target say as much as lawful and unknown requests make it say, and end. */
  public static final Script SCRIPT =
      stage -> {
        Conversation conversation = stage.open();
        Probes.lawful(conversation);
        Probes.lists(stage, conversation);
        conversation.send("unknown-method", conversation.draft(Probes.UNKNOWN_METHOD));
        conversation.hangUp("hang-up", FAREWELL);
      };

  /** Judges every line. */
  public static Verdict judge(Recording recording) {
    Examination examination = new Examination(recording);
    examination.served(Probes.LAWFUL);
    for (Exchange exchange : recording.exchanges()) {
      if (exchange.received() instanceof Inbound.Lines received) {
        for (Line line : received.lines()) {
          judge(line, exchange, examination);
        }
      }
    }
    return examination.verdict();
  }

  private static void judge(Line line, Exchange exchange, Examination examination) {
    String text = line.bytes().text().strip();
    Optional<JsonNode> json = line.json();
    // An empty line is a delimiter with nothing before it; it confuses no reader.
    if (text.isEmpty()) {
      return;
    }
    if (json.isPresent() && isMessages(json.get())) {
      examination.kept();
      return;
    }
    String quoted = text.length() <= MAX_QUOTED ? text : text.substring(0, MAX_QUOTED) + "…";
    examination.broken(
        exchange,
        "Standard output carries a line that is not an MCP message.",
        "Every line on standard output is one JSON-RPC 2.0 message; logs belong on standard error.",
        "The line reads: " + quoted,
        "Write logs and banners to standard error and nothing but protocol messages to standard"
            + " output.");
  }

  /** A message, or a batch as revision 2025-03-26 knows it. */
  private static boolean isMessages(JsonNode node) {
    if (!node.isArray()) {
      return isMessage(node);
    }
    return !node.isEmpty() && node.valueStream().allMatch(StdoutPurity::isMessage);
  }

  private static boolean isMessage(JsonNode node) {
    return node.path("jsonrpc").asString("").equals("2.0")
        && (Messages.isResponse(node) || node.path("method").isString());
  }
}
