package dev.plumbline.conformance.rule.handshake;

import dev.plumbline.conformance.rule.Seen;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.conformance.wire.Recording;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A piece of what the target said, and the exchange it was heard in.
 *
 * @param exchange where it was heard
 * @param node the piece: a message, a result, or a part of one
 */
record Heard(Exchange exchange, JsonNode node) {
  /** Every message, in the order of the exchanges. */
  static Stream<Heard> messages(Recording recording) {
    return recording.exchanges().stream()
        .flatMap(e -> e.messages().stream().map(message -> new Heard(e, message)));
  }

  /** Every message that is neither request nor notification. */
  static Stream<Heard> responses(Recording recording) {
    return messages(recording).filter(h -> h.node.isObject() && !h.node.has("method"));
  }

  /** Every request of the target. */
  static Stream<Heard> requests(Recording recording) {
    return messages(recording)
        .filter(h -> Messages.isRequest(h.node) && !h.method().startsWith("notifications/"));
  }

  /** Every notification of the target. */
  static Stream<Heard> notifications(Recording recording) {
    return messages(recording).filter(h -> h.method().startsWith("notifications/"));
  }

  /** The parameters of every message with this method. */
  static Stream<Heard> params(Recording recording, String method) {
    return messages(recording)
        .filter(h -> h.method().equals(method))
        .flatMap(h -> h.below("params"));
  }

  /** The result of every request that was sent with this method. */
  static Stream<Heard> results(Recording recording, String method) {
    return recording.exchanges().stream()
        .filter(e -> Seen.method(e).equals(method))
        .flatMap(e -> e.result().stream().map(result -> new Heard(e, result)));
  }

  /** The entries of a list in every result of this method. */
  static Stream<Heard> entries(Recording recording, String method, String list) {
    return results(recording, method).flatMap(h -> h.below(list)).flatMap(Heard::elements);
  }

  /** The method of this message; empty when it is a response. */
  String method() {
    return node.path("method").asString("");
  }

  /** The member of this name, if there is one. */
  Stream<Heard> below(String member) {
    return node.has(member) ? Stream.of(new Heard(exchange, node.get(member))) : Stream.empty();
  }

  /** The elements of this array, or the values of this object. */
  Stream<Heard> elements() {
    return node.valueStream().map(value -> new Heard(exchange, value));
  }

  /** This piece and everything inside it. */
  Stream<Heard> deep() {
    return Stream.concat(Stream.of(this), elements().flatMap(Heard::deep));
  }
}
