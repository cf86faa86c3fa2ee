package dev.plumbline.server.mutant;

import dev.plumbline.server.ServerParts;
import dev.plumbline.server.era.AnswerShape;
import dev.plumbline.server.era.HandshakeParts;
import dev.plumbline.server.era.MethodTable;
import dev.plumbline.server.era.ResultShape;
import dev.plumbline.server.era.StatelessParts;
import dev.plumbline.server.feature.Method;
import java.util.function.Consumer;
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

  /** A change of one method that also sees the whole server. */
  @FunctionalInterface
  interface MethodChange {
    Method apply(ServerParts parts, Method original);
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

  private static ResultShape spoiled(
      ResultShape original, String method, Consumer<ObjectNode> spoil) {
    return (called, result) -> {
      ObjectNode shaped = original.shape(called, result);
      if (called.equals(method)) {
        spoil.accept(shaped);
      }
      return shaped;
    };
  }
}
