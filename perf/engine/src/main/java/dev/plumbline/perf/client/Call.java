package dev.plumbline.perf.client;

import dev.plumbline.conformance.probe.CallableTool;
import dev.plumbline.conformance.probe.EraProbe;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.evidence.model.Consent;
import dev.plumbline.evidence.model.Era;
import dev.plumbline.perf.load.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The request that is sent again and again, and what a right answer to it looks like.
 *
 * @param method the method
 * @param params its parameters; not to be changed
 * @param member the member every right result has, and of which kind; empty when any object will do
 * @param words the request for people
 */
public record Call(String method, ObjectNode params, String member, String words) {

  /**
   * What may be asked of the target, best first: a read-only tool with generated arguments; else
   * the list of tools; else the cheapest request every server answers. Never a tool that may change
   * something, whatever the consent: load repeats it thousands of times.
   */
  public static List<Call> candidates(EraProbe probe) {
    List<Call> calls = new ArrayList<>();
    Optional<CallableTool> tool = probe.callableTool(Consent.READ_ONLY);
    tool.ifPresent(
        t ->
            calls.add(
                new Call("tools/call", t.params(), "content", "tools/call " + t.tool().name())));
    if (probe.declares("tools")) {
      calls.add(new Call("tools/list", Messages.object(), "tools", "tools/list"));
    }
    calls.add(
        probe.era() == Era.HANDSHAKE
            ? new Call("ping", Messages.object(), "", "ping")
            : new Call("server/discover", Messages.object(), "capabilities", "server/discover"));
    return calls;
  }

  /** How the request ended; pure. */
  public Outcome outcome(Exchange exchange) {
    Optional<JsonNode> result = exchange.result();
    boolean success = exchange.status().orElse(200) / 100 == 2;
    return switch (exchange.end()) {
      case CONNECT_FAILED -> Outcome.CONNECT_FAILED;
      case MALFORMED -> Outcome.MALFORMED;
      case TIMED_OUT -> strayed(exchange) ? Outcome.WRONG_ID : Outcome.TIMED_OUT;
      case CLOSED -> strayed(exchange) ? Outcome.WRONG_ID : Outcome.CLOSED;
      case COMPLETE -> {
        if (!success) {
          yield Outcome.HTTP_ERROR;
        }
        if (result.isPresent()) {
          yield isRight(result.get()) ? Outcome.OK : Outcome.WRONG_RESULT;
        }
        if (exchange.error().isPresent()) {
          yield Outcome.RPC_ERROR;
        }
        yield strayed(exchange) ? Outcome.WRONG_ID : Outcome.MALFORMED;
      }
    };
  }

  /** Whether an answer to some other request came. */
  private static boolean strayed(Exchange exchange) {
    return exchange.response().isEmpty()
        && exchange.messages().stream().anyMatch(m -> m.has("id") && !m.has("method"));
  }

  private boolean isRight(JsonNode result) {
    if (!result.isObject() || result.path("isError").asBoolean(false)) {
      return false;
    }
    return switch (member) {
      case "" -> true;
      case "capabilities" -> result.path(member).isObject();
      default -> result.path(member).isArray();
    };
  }
}
