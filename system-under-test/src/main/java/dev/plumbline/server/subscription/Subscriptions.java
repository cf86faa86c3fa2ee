package dev.plumbline.server.subscription;

import dev.plumbline.server.machine.Machines;
import dev.plumbline.server.machine.ServerEvent;
import dev.plumbline.server.machine.ServerState;
import dev.plumbline.server.machine.StateMachine;
import dev.plumbline.server.protocol.Message;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The subscriptions that are open. Bounded by the permits for streams, and per owner. */
public final class Subscriptions {
  /** Subscriptions of one connection at once. */
  public static final int MAX_PER_OWNER = 100;

  private final Set<Subscription> open = ConcurrentHashMap.newKeySet();
  private final Machines machines;
  private final StateMachine<ServerState, ServerEvent> server;

  /**
   * No subscriptions yet.
   *
   * @param machines starts the lifecycles of their streams
   * @param server the server's lifecycle: one that takes no new work has no news
   */
  public Subscriptions(Machines machines, StateMachine<ServerState, ServerEvent> server) {
    this.machines = machines;
    this.server = server;
  }

  /**
   * Opens a subscription: from now on it hears what is published.
   *
   * @param owner the connection it belongs to
   * @return empty when the owner has too many
   */
  public synchronized Optional<Subscription> open(Object owner, Set<Topic> topics) {
    if (open.stream().filter(other -> other.isOwnedBy(owner)).count() >= MAX_PER_OWNER) {
      return Optional.empty();
    }
    Subscription subscription = new Subscription(owner, topics, machines);
    open.add(subscription);
    if (!server.state().takesWork()) {
      subscription.end();
    }
    return Optional.of(subscription);
  }

  /** Ends what {@link #open} began; nothing is kept. */
  public void close(Subscription subscription) {
    if (open.remove(subscription)) {
      subscription.close();
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
    return open.size();
  }
}
