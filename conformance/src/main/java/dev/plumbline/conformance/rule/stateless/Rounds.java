package dev.plumbline.conformance.rule.stateless;

import dev.plumbline.conformance.rule.Replies;
import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.Draft;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.evidence.model.HarnessException;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Requests of the stateless era that take several rounds, and with which capabilities. */
final class Rounds {
  /** How often one request is repeated because the server asks. */
  static final int MAX_ROUNDS = 8;

  private Rounds() {}

  /** A client that can be asked everything. */
  static ObjectNode everything() {
    ObjectNode capabilities = Messages.object();
    capabilities.putObject("sampling");
    ObjectNode elicitation = capabilities.putObject("elicitation");
    elicitation.putObject("form");
    elicitation.putObject("url");
    capabilities.putObject("roots");
    return capabilities;
  }

  /** The same request of a client with other capabilities. */
  static Draft declaring(Draft draft, ObjectNode capabilities) {
    return draft.meta(
        meta -> {
          meta.set(Draft.META_CAPABILITIES, capabilities);
          return meta;
        });
  }

  /** Whether the server asks for input before it serves the request. */
  static boolean asks(Exchange exchange) {
    return exchange
        .result()
        .filter(r -> r.path("resultType").asString("").equals("input_required"))
        .isPresent();
  }

  /** What an input_required result asks; empty otherwise. */
  static JsonNode requests(Exchange exchange) {
    return exchange.result().map(r -> r.path("inputRequests")).orElseGet(Messages::object);
  }

  /** The parameters of the next round. */
  static ObjectNode next(ObjectNode params, Exchange asked, JsonNode replies) {
    ObjectNode next = params.deepCopy();
    next.set("inputResponses", replies);
    Optional<JsonNode> state =
        asked.result().map(r -> r.path("requestState")).filter(JsonNode::isString);
    state.ifPresent(s -> next.set("requestState", s));
    return next;
  }

  /** Sends the request and answers lawfully until the server asks no more. */
  static Exchange settle(Conversation conversation, String label, String method, ObjectNode params)
      throws HarnessException, InterruptedException {
    Exchange exchange = conversation.send(label, conversation.draft(method, params));
    for (int round = 1; round < MAX_ROUNDS && asks(exchange); round++) {
      Optional<ObjectNode> replies = Replies.all(requests(exchange));
      if (replies.isEmpty()) {
        return exchange;
      }
      ObjectNode next = next(params, exchange, replies.get());
      exchange = conversation.send(label, conversation.draft(method, next));
    }
    return exchange;
  }
}
