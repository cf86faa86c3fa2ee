package dev.plumbline.server.era;

import dev.plumbline.server.protocol.Message;
import dev.plumbline.server.protocol.RpcError;
import dev.plumbline.server.session.Session;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The replaceable parts of the handshake era.
 *
 * @param versionLawful whether the version header, if any, is one a handshake request may carry
 * @param negotiation from the requested revision to the answered one
 * @param admission the reason to refuse a request in its session, if there is one
 * @param terminate ends a session
 * @param get answers HTTP GET
 * @param methods what can be called in a session
 * @param shape the form of results
 * @param answers the last look at an answer
 * @param said the last look at what is said ahead of an answer
 */
public record HandshakeParts(
    Predicate<Inbound> versionLawful,
    UnaryOperator<String> negotiation,
    Admission admission,
    Consumer<Session> terminate,
    Function<Inbound, Answer> get,
    MethodTable methods,
    ResultShape shape,
    AnswerShape answers,
    SaidShape said) {

  /** Decides whether a session may take a request. */
  @FunctionalInterface
  public interface Admission {
    /** The reason to refuse, or empty. */
    Optional<RpcError> refusal(Session session, Message.Request request);
  }

  /** With another version header rule. */
  public HandshakeParts withVersionLawful(Predicate<Inbound> other) {
    return new HandshakeParts(
        other, negotiation, admission, terminate, get, methods, shape, answers, said);
  }

  /** With another negotiation. */
  public HandshakeParts withNegotiation(UnaryOperator<String> other) {
    return new HandshakeParts(
        versionLawful, other, admission, terminate, get, methods, shape, answers, said);
  }

  /** With another way to end a session. */
  public HandshakeParts withTerminate(Consumer<Session> other) {
    return new HandshakeParts(
        versionLawful, negotiation, admission, other, get, methods, shape, answers, said);
  }

  /** With another answer to GET. */
  public HandshakeParts withGet(Function<Inbound, Answer> other) {
    return new HandshakeParts(
        versionLawful, negotiation, admission, terminate, other, methods, shape, answers, said);
  }

  /** With other methods. */
  public HandshakeParts withMethods(UnaryOperator<MethodTable> change) {
    return new HandshakeParts(
        versionLawful,
        negotiation,
        admission,
        terminate,
        get,
        change.apply(methods),
        shape,
        answers,
        said);
  }

  /** With another result shape. */
  public HandshakeParts withShape(ResultShape other) {
    return new HandshakeParts(
        versionLawful, negotiation, admission, terminate, get, methods, other, answers, said);
  }

  /** With another last look. */
  public HandshakeParts withAnswers(AnswerShape other) {
    return new HandshakeParts(
        versionLawful, negotiation, admission, terminate, get, methods, shape, other, said);
  }

  /** With another last look at what is said ahead of an answer. */
  public HandshakeParts withSaid(SaidShape other) {
    return new HandshakeParts(
        versionLawful, negotiation, admission, terminate, get, methods, shape, answers, other);
  }
}
