package dev.plumbline.server.era;

import dev.plumbline.server.protocol.RpcError;
import dev.plumbline.server.round.RoundTrips;
import dev.plumbline.server.subscription.Subscriptions;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The replaceable parts of the stateless era.
 *
 * @param rules what a request must carry, in order
 * @param methods what can be called
 * @param shape the form of results
 * @param errors the form of errors a method gave
 * @param answers the last look at an answer
 * @param rounds requests that take more than one round
 * @param subscriptions who listens
 */
public record StatelessParts(
    List<StatelessRule> rules,
    MethodTable methods,
    ResultShape shape,
    UnaryOperator<RpcError> errors,
    AnswerShape answers,
    RoundTrips rounds,
    Subscriptions subscriptions) {
  /** Copies the list. */
  public StatelessParts {
    rules = List.copyOf(rules);
  }

  /** With one rule's check replaced by a change of it. */
  public StatelessParts withRule(String name, UnaryOperator<StatelessRule.Check> change) {
    List<StatelessRule> changed =
        rules.stream()
            .map(
                rule ->
                    rule.name().equals(name)
                        ? new StatelessRule(name, change.apply(rule.check()))
                        : rule)
            .toList();
    return new StatelessParts(changed, methods, shape, errors, answers, rounds, subscriptions);
  }

  /** With other methods. */
  public StatelessParts withMethods(UnaryOperator<MethodTable> change) {
    return new StatelessParts(
        rules, change.apply(methods), shape, errors, answers, rounds, subscriptions);
  }

  /** With another result shape. */
  public StatelessParts withShape(ResultShape other) {
    return new StatelessParts(rules, methods, other, errors, answers, rounds, subscriptions);
  }

  /** With another form of errors. */
  public StatelessParts withErrors(UnaryOperator<RpcError> other) {
    return new StatelessParts(rules, methods, shape, other, answers, rounds, subscriptions);
  }

  /** With another last look. */
  public StatelessParts withAnswers(AnswerShape other) {
    return new StatelessParts(rules, methods, shape, errors, other, rounds, subscriptions);
  }

  /** With other rounds, for example under a key that servers share. */
  public StatelessParts withRounds(RoundTrips other) {
    return new StatelessParts(rules, methods, shape, errors, answers, other, subscriptions);
  }
}
