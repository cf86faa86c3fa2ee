package dev.plumbline.server.subscription;

import dev.plumbline.server.limit.Refusal;
import dev.plumbline.server.machine.Machines;
import dev.plumbline.server.machine.ServerEvent;
import dev.plumbline.server.machine.ServerState;
import dev.plumbline.server.machine.StateMachine;
import dev.plumbline.server.protocol.Message;
import dev.plumbline.server.registry.EntryType;
import dev.plumbline.server.registry.Owner;
import dev.plumbline.server.registry.Reason;
import dev.plumbline.server.registry.Registration;
import dev.plumbline.server.registry.Registry;
import dev.plumbline.server.registry.Shelf;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** The subscriptions that are open. Bounded by the permits for streams, and per connection. */
public final class Subscriptions {
  /** Handlers of one connection at once, over all its subscriptions (C10, R187). */
  public static final int MAX_HANDLERS = 1_000;

  private static final EntryType<Subscription> TYPE =
      EntryType.of("subscription", Subscription.class);

  /** What one connection has. */
  private static final class Listener {
    private final Owner owner;
    private int subscriptions;
    private int handlers;

    private Listener(Owner owner) {
      this.owner = owner;
    }
  }

  private final Machines machines;
  private final StateMachine<ServerState, ServerEvent> server;
  private final Registry registry;
  private final Shelf<Subscription> open;
  private final AtomicLong numbers = new AtomicLong();
  private final Map<Object, Listener> listeners = new HashMap<>();
  private volatile Supplier<Optional<Refusal>> measured = Optional::empty;

  /**
   * No subscriptions yet.
   *
   * @param machines starts the lifecycles of their streams
   * @param server the server's lifecycle: one that takes no new work has no news
   * @param registry where they are registered
   */
  public Subscriptions(
      Machines machines, StateMachine<ServerState, ServerEvent> server, Registry registry) {
    this.machines = machines;
    this.server = server;
    this.registry = registry;
    this.open = registry.shelf(TYPE, this::released);
  }

  /** What is measured says why none may be opened now. */
  public void measuredBy(Supplier<Optional<Refusal>> memory) {
    measured = memory;
  }

  /** Why none may be opened now; empty when one may. */
  public Optional<Refusal> noRoom() {
    return measured.get();
  }

  /**
   * Opens a subscription: from now on it hears what is published.
   *
   * @param connection what it belongs to
   * @param topics a handler each; a subscription without topics counts as one
   * @return empty when the connection has too many handlers
   */
  public synchronized Optional<Subscription> open(Object connection, Set<Topic> topics) {
    String key = Long.toString(numbers.incrementAndGet());
    Listener listener =
        listeners.computeIfAbsent(connection, _ -> new Listener(registry.owner("connection", key)));
    Subscription subscription =
        new Subscription(connection, key, topics, machines, registry.clock());
    boolean fits = listener.handlers + subscription.handlers() <= MAX_HANDLERS;
    if (!fits || open.register(key, subscription, listener.owner) != Registration.DONE) {
      forgetIfIdle(connection, listener);
      return Optional.empty();
    }
    listener.subscriptions++;
    listener.handlers += subscription.handlers();
    if (!server.state().takesWork()) {
      subscription.end();
    }
    return Optional.of(subscription);
  }

  /** Ends what {@link #open} began; nothing is kept. */
  public void close(Subscription subscription) {
    if (open.unregister(subscription.key(), subscription, Reason.FINISHED)) {
      released(subscription);
    }
  }

  /** A connection is gone, and with it everything it listens for. */
  public void release(Object connection) {
    Listener listener;
    synchronized (this) {
      listener = listeners.get(connection);
    }
    if (listener != null) {
      registry.end(listener.owner);
    }
  }

  /** It is registered no more. */
  private synchronized void released(Subscription subscription) {
    subscription.close();
    Listener listener = listeners.get(subscription.connection());
    if (listener != null) {
      listener.subscriptions--;
      listener.handlers -= subscription.handlers();
      forgetIfIdle(subscription.connection(), listener);
    }
  }

  private synchronized void forgetIfIdle(Object connection, Listener listener) {
    if (listener.subscriptions == 0) {
      listeners.remove(connection, listener);
    }
  }

  /** Tells everyone who asked for the topic. Never waits for a reader. */
  public void publish(Topic topic, Message.Notification notification) {
    open.forEach(subscription -> subscription.offer(topic, notification));
  }

  /**
   * Ends every subscription after what it has to say. Called when the server takes no new work, so
   * that every later one ends at once.
   */
  public synchronized void endAll() {
    open.forEach(Subscription::end);
  }

  /** How many are open. */
  public int count() {
    return open.count();
  }

  /** So many of them at most, as streams are shown. */
  public List<ObjectNode> shown(int atMost) {
    List<ObjectNode> shown = new ArrayList<>();
    if (atMost > 0) {
      var _ =
          open.first(
              subscription -> {
                shown.add(subscription.toJson());
                return shown.size() == atMost;
              });
    }
    return shown;
  }

  /** How many handlers there are, over all connections. */
  public synchronized int handlerCount() {
    return listeners.values().stream().mapToInt(listener -> listener.handlers).sum();
  }

  /** How many connections listen. */
  synchronized int connections() {
    return listeners.size();
  }
}
