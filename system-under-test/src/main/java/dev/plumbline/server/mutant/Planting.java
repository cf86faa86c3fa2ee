package dev.plumbline.server.mutant;

import dev.plumbline.server.ServerParts;
import dev.plumbline.server.era.Answer;
import dev.plumbline.server.era.AnswerShape;
import dev.plumbline.server.era.EventSink;
import dev.plumbline.server.era.HandshakeParts;
import dev.plumbline.server.era.Inbound;
import dev.plumbline.server.era.MethodTable;
import dev.plumbline.server.era.ResultShape;
import dev.plumbline.server.era.StatelessParts;
import dev.plumbline.server.era.StatelessRules;
import dev.plumbline.server.feature.Method;
import dev.plumbline.server.limit.MessageKind;
import dev.plumbline.server.protocol.JsonLimits;
import dev.plumbline.server.protocol.Message;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/** The ways to plant a defect in one era. */
final class Planting {
  private Planting() {}

  static Mutant handshake(String name, UnaryOperator<HandshakeParts> change) {
    return new Mutant(name, parts -> parts.withHandshake(change));
  }

  static Mutant stateless(String name, UnaryOperator<StatelessParts> change) {
    return new Mutant(name, parts -> parts.withStateless(change));
  }

  /** Spoils the handshake era's result of one method. */
  static Mutant handshakeResult(String name, String method, Consumer<ObjectNode> spoil) {
    return handshake(name, parts -> parts.withShape(spoiled(parts.shape(), method, spoil)));
  }

  /** Spoils the stateless era's result of one method. */
  static Mutant statelessResult(String name, String method, Consumer<ObjectNode> spoil) {
    return stateless(name, parts -> parts.withShape(spoiled(parts.shape(), method, spoil)));
  }

  /** Spoils the handshake era's answers. */
  static Mutant handshakeAnswer(String name, AnswerShape shape) {
    return handshake(name, parts -> parts.withAnswers(shape));
  }

  /** Spoils the stateless era's answers. */
  static Mutant statelessAnswer(String name, AnswerShape shape) {
    return stateless(name, parts -> parts.withAnswers(shape));
  }

  /** Spoils the whole answer to one method of the stateless era, as it is written. */
  static Mutant statelessMessage(String name, String method, Consumer<ObjectNode> spoil) {
    return statelessAnswer(
        name,
        (in, message, answer) ->
            message instanceof Message.Request request
                    && request.method().equals(method)
                    && answer.body() instanceof Answer.Body.Rpc
                ? answer.withBody(new Answer.Body.Raw(spoiled(answer.bytes(), spoil)))
                : answer);
  }

  /** Spoils the error of one method of the stateless era. */
  static Mutant statelessError(String name, String method, Consumer<ObjectNode> spoil) {
    return statelessMessage(
        name,
        method,
        answer -> {
          if (answer.get("error") instanceof ObjectNode error) {
            spoil.accept(error);
          }
        });
  }

  /** Says this message ahead of each answer to one method of the stateless era. */
  static Mutant statelessSays(String name, String method, String message) {
    return statelessSays(name, method, _ -> List.of(message));
  }

  /** Says these messages ahead of each answer to one method of the stateless era. */
  static Mutant statelessSays(
      String name, String method, Function<Message.Request, List<String>> messages) {
    return stateless(
        name,
        parts ->
            parts.withRule(
                StatelessRules.META_VERSION,
                check ->
                    (in, request) -> {
                      if (request.method().equals(method)) {
                        messages.apply(request).forEach(message -> say(in, message));
                      }
                      return check.refusal(in, request);
                    }));
  }

  private static void say(Inbound in, String message) {
    try {
      var _ =
          in.sink()
              .event(
                  EventSink.Event.of(MessageKind.NEWS, message.getBytes(StandardCharsets.UTF_8)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static String spoiled(byte[] answer, Consumer<ObjectNode> spoil) {
    String json = new String(answer, StandardCharsets.UTF_8);
    ObjectNode tree = (ObjectNode) JsonLimits.mapper().readTree(json);
    spoil.accept(tree);
    return tree.toString();
  }

  /** A change of one method that also sees the whole server. */
  @FunctionalInterface
  interface MethodChange {
    Method apply(ServerParts parts, Method original);
  }

  /** How a method is replaced in one era. */
  @FunctionalInterface
  interface OfMethod {
    Mutant plant(String name, String method, MethodChange change);
  }

  /** Replaces one method of the handshake era. */
  static Mutant handshakeMethod(String name, String method, MethodChange change) {
    return new Mutant(
        name,
        parts ->
            parts.withHandshake(
                era -> era.withMethods(table -> changed(parts, table, method, change))));
  }

  /** Replaces one method of the stateless era. */
  static Mutant statelessMethod(String name, String method, MethodChange change) {
    return new Mutant(
        name,
        parts ->
            parts.withStateless(
                era -> era.withMethods(table -> changed(parts, table, method, change))));
  }

  private static MethodTable changed(
      ServerParts parts, MethodTable table, String method, MethodChange change) {
    return table.with(method, change.apply(parts, table.find(method).orElseThrow()));
  }

  static ResultShape spoiled(ResultShape original, String method, Consumer<ObjectNode> spoil) {
    return (called, result) -> {
      ObjectNode shaped = original.shape(called, result);
      if (called.equals(method)) {
        spoil.accept(shaped);
      }
      return shaped;
    };
  }
}
