package dev.plumbline.server.subscription;

import dev.plumbline.server.protocol.Message;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The subscriptions that are open. Bounded by the permits for streams, and per owner. */
public final class Subscriptions {
  /** Subscriptions of one connection at once. */
  public static final int MAX_PER_OWNER = 100;

  private final Set<Subscription> open = ConcurrentHashMap.newKeySet();
  private volatile boolean ended;

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
    Subscription subscription = new Subscription(owner, topics);
    open.add(subscription);
    if (ended) {
      subscription.end();
    }
    return Optional.of(subscription);
  }

  /** Ends what {@link #open} began; nothing is kept. */
  public void close(Subscription subscription) {
    open.remove(subscription);
  }

  /** Tells everyone who asked for the topic. Never waits for a reader. */
  public void publish(Topic topic, Message.Notification notification) {
    open.forEach(subscription -> subscription.offer(topic, notification));
  }

  /** Ends every subscription after what it has to say, and every later one at once. */
  public synchronized void endAll() {
    ended = true;
    open.forEach(Subscription::end);
  }

  /** How many are open. */
  public int count() {
    return open.size();
  }
}
