package dev.plumbline.server.client;

import dev.plumbline.server.client.wire.Backoff;
import dev.plumbline.server.client.wire.Reach;
import dev.plumbline.server.client.wire.RefusedException;
import dev.plumbline.server.client.wire.SessionEndedException;
import dev.plumbline.server.machine.ClientEvent;
import dev.plumbline.server.machine.ClientLifecycle;
import dev.plumbline.server.machine.ClientState;
import dev.plumbline.server.machine.Machines;
import dev.plumbline.server.machine.Outcome;
import dev.plumbline.server.machine.Patience;
import dev.plumbline.server.machine.StateMachine;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.Message;
import dev.plumbline.server.protocol.Reply;
import dev.plumbline.server.protocol.RpcException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps a client connected: one lifecycle, one link at a time, a new one when a request needs it.
 */
final class Connection implements Link.Host, AutoCloseable {
  /**
   * What is there once the client is ready.
   *
   * @param number tells it from those before, which may have had the same link and profile
   */
  record Ready(Link link, ServerProfile profile, long number) {}

  private final ClientOptions options;
  private final Opening opening;
  private final ServerCalls calls;
  private final Handlers.Listener listener;
  private final Pause pause;
  private final StateMachine<ClientState, ClientEvent> machine;
  private final ReentrantLock connecting = new ReentrantLock();
  private final Reach reach = Reach.ofOneServer();
  private final Backoff backoff = new Backoff(() -> ThreadLocalRandom.current().nextDouble());
  private volatile @Nullable Ready current;

  /** How often it was agreed with a server; under the lock of who connects. */
  private long agreements;

  /** True when the last attempt came to nothing; under the lock of who connects. */
  private boolean broken;

  /** A connection whose listener hears every notification that belongs to no request. */
  Connection(
      Target target,
      ClientOptions options,
      Handlers.Listener listener,
      LongSupplier nanos,
      Pause pause) {
    this.options = options;
    this.machine =
        Machines.unobserved(nanos)
            .start(ClientLifecycle.CLIENT, this::perform, Patience.declared());
    this.opening = new Opening(target, options, this, machine, reach);
    this.calls = new ServerCalls(options.handlers());
    this.listener = listener;
    this.pause = pause;
  }

  private void perform(String action, Outcome.Moved<ClientState, ClientEvent> move) {
    if (action.equals(ClientLifecycle.RELEASE)) {
      Ready now = current;
      current = null;
      if (now != null) {
        now.link().close();
      }
      machine.fire(ClientEvent.RELEASED);
    }
  }

  ClientState state() {
    return machine.state();
  }

  /** The last moves of its lifecycle, oldest first. */
  List<StateMachine.Step<ClientState, ClientEvent>> history() {
    return machine.history();
  }

  Ready connect() throws IOException, InterruptedException {
    if (machine.fire(ClientEvent.CONNECT)
        instanceof Outcome.Refused<ClientState, ClientEvent>(_, _, var reason)) {
      throw new IOException(reason);
    }
    return ready();
  }

  /** What is needed to send, made again when it was lost. */
  Ready ready() throws IOException, InterruptedException {
    Ready now = current;
    if (now != null && machine.state() == ClientState.READY) {
      return now;
    }
    connecting.lockInterruptibly();
    try {
      now = current;
      return switch (machine.state()) {
        case READY -> java.util.Objects.requireNonNull(now);
        case CONNECTING -> establish(now);
        case INITIALIZING -> renew(java.util.Objects.requireNonNull(now));
        case DISCONNECTED, DISCONNECTING ->
            throw new IOException(machine.state().label() + ": connect first");
      };
    } finally {
      connecting.unlock();
    }
  }

  private Ready establish(@Nullable Ready before) throws IOException, InterruptedException {
    if (before != null) {
      before.link().close();
    }
    if (before != null || broken) {
      if (!reach.again()) {
        machine.fire(ClientEvent.FAILED);
        throw new IOException("the connection broke too often: 5 reconnects in 30 s");
      }
      pause.sleep(backoff.next());
    }
    try {
      Opening.Opened opened = opening.open(before == null ? null : before.profile());
      return agreed(opened.link(), opened.profile());
    } catch (IOException | InterruptedException | RuntimeException e) {
      failed();
      throw e;
    }
  }

  /** A new session on the same wire (2025-11-25 basic/transports, session management). */
  private Ready renew(Ready before) throws IOException, InterruptedException {
    // The time runs from this attempt, not from when the old session was missed.
    machine.fire(ClientEvent.SESSION_ENDED);
    try {
      return agreed(before.link(), opening.initialize(before.link()));
    } catch (IOException | InterruptedException | RuntimeException e) {
      before.link().close();
      failed();
      throw e;
    }
  }

  private Ready agreed(Link link, ServerProfile profile) throws IOException {
    Ready now = new Ready(link, profile, ++agreements);
    current = now;
    boolean lawful = machine.fire(ClientEvent.AGREED).accepted();
    if (!lawful || !link.alive()) {
      link.close();
      machine.fire(ClientEvent.LOST);
      throw new IOException("the connection ended while it was made");
    }
    broken = false;
    backoff.reset();
    return now;
  }

  private void failed() {
    current = null;
    broken = true;
    if (machine.fireDue().isEmpty()) {
      machine.fire(ClientEvent.FAILED);
    }
  }

  /**
   * Sends one request and waits; a session that ended is renewed once, a revision that was refused
   * is corrected once.
   */
  ObjectNode request(
      String method, ObjectNode params, Map<String, String> mirrored, CallOptions call)
      throws RpcException, IOException, InterruptedException {
    for (boolean again = false; ; again = true) {
      Ready now = ready();
      Optional<String> missing = now.profile().undeclared(method);
      if (missing.isPresent()) {
        throw new UndeclaredException(method, missing.get());
      }
      Reply reply;
      try {
        reply = now.link().ask(method, params, mirrored, call);
      } catch (SessionEndedException e) {
        sessionEnded(now);
        if (again) {
          throw e;
        }
        continue;
      } catch (RefusedException e) {
        if (e.error() == null) {
          throw e;
        }
        reply = new Reply.Failure(e.error());
      }
      switch (reply) {
        case Reply.Result(var value) -> {
          return value;
        }
        case Reply.Failure(var error) -> {
          boolean correctable =
              now.profile().stateless()
                  && error.is(ErrorCode.UNSUPPORTED_VERSION)
                  && Opening.choose(error) != null;
          if (again || !correctable) {
            throw new RpcException(error);
          }
        }
      }
    }
  }

  private void sessionEnded(Ready seen) throws InterruptedException {
    connecting.lockInterruptibly();
    try {
      if (seen.equals(current)) {
        // A second request that met the same end finds the new session and leaves it alone.
        machine.fire(ClientEvent.SESSION_ENDED);
      }
    } finally {
      connecting.unlock();
    }
  }

  @Override
  public void asked(Link link, Message.Request request) {
    calls.asked(link, request);
  }

  @Override
  public void told(Link link, Message.Notification notification) {
    JsonNode id = notification.params().path("requestId");
    if (notification.method().equals("notifications/cancelled") && !link.dialect().stateless()) {
      calls.cancelled(id);
      return;
    }
    listener.heard(notification);
  }

  @Override
  public void lost(Link link) {
    Ready now = current;
    if (now != null && now.link() == link) {
      machine.fire(ClientEvent.LOST);
    }
  }

  ClientOptions options() {
    return options;
  }

  @Override
  public void close() {
    machine.fire(ClientEvent.CLOSE);
  }
}
