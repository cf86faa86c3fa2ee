package dev.plumbline.conformance.model;

import java.util.List;
import java.util.Optional;

/**
 * One state machine of the specification. It only forbids what a page forbids by MUST; everything
 * that is left open is allowed.
 *
 * @param <S> its states; immutable
 * @param <C> its commands
 */
public interface Model<S, C extends Command> {
  /** Its name, for example {@code session}. */
  String name();

  /** Why there is nothing to walk with such a peer; empty when there is. */
  Optional<String> obstacle(Offer offer);

  /** Where every walk begins. */
  S start(Offer offer);

  /**
   * What may be done in this state, simplest first; what leads a walk nowhere else last. A state
   * without commands ends the walk.
   */
  List<C> commands(S state);

  /** What must be done after a walk that ends in this state, so that nothing lasting stays. */
  List<C> ending(S state);

  /** What the specification says to what came of the command in this state. */
  Step<S> step(S state, C command, Heard heard);
}
