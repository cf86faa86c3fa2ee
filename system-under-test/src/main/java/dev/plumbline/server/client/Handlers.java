package dev.plumbline.server.client;

import dev.plumbline.server.protocol.Message;
import dev.plumbline.server.protocol.RpcException;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the client can do for a server that asks. What is absent is not declared and not answered.
 *
 * @param elicitation answers {@code elicitation/create}: from its parameters to its result
 * @param sampling answers {@code sampling/createMessage}
 * @param roots answers {@code roots/list}
 * @param notifications hears every notification of the server that belongs to no request of ours
 */
public record Handlers(
    Optional<Handler> elicitation,
    Optional<Handler> sampling,
    Optional<Handler> roots,
    Listener notifications) {
  /** Can do nothing and hears nothing. */
  public static final Handlers NONE =
      new Handlers(Optional.empty(), Optional.empty(), Optional.empty(), _ -> {});

  /** Does one thing for the server. */
  @FunctionalInterface
  public interface Handler {
    /**
     * From parameters to result.
     *
     * @throws RpcException to answer with an error
     */
    ObjectNode handle(ObjectNode params) throws RpcException, InterruptedException;
  }

  /** Hears notifications; called in order, on a thread that reads from the server: be quick. */
  @FunctionalInterface
  public interface Listener {
    /** One notification. */
    void heard(Message.Notification notification);
  }

  /** The same with elicitation. */
  public Handlers withElicitation(Handler handler) {
    return new Handlers(Optional.of(handler), sampling, roots, notifications);
  }

  /** The same with sampling. */
  public Handlers withSampling(Handler handler) {
    return new Handlers(elicitation, Optional.of(handler), roots, notifications);
  }

  /** The same with roots. */
  public Handlers withRoots(Handler handler) {
    return new Handlers(elicitation, sampling, Optional.of(handler), notifications);
  }

  /** The same with somebody who hears notifications. */
  public Handlers withNotifications(Listener listener) {
    return new Handlers(elicitation, sampling, roots, listener);
  }

  /** The handler of a method, if there is one. */
  Optional<Handler> of(String method) {
    return switch (method) {
      case "elicitation/create" -> elicitation;
      case "sampling/createMessage" -> sampling;
      case "roots/list" -> roots;
      default -> Optional.empty();
    };
  }

  /** What the client declares, apart from extensions. */
  void declare(ObjectNode capabilities) {
    elicitation.ifPresent(_ -> capabilities.putObject("elicitation"));
    sampling.ifPresent(_ -> capabilities.putObject("sampling"));
    roots.ifPresent(_ -> capabilities.putObject("roots"));
  }
}
