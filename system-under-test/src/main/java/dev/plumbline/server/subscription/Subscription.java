package dev.plumbline.server.subscription;

import dev.plumbline.server.machine.Machines;
import dev.plumbline.server.machine.StateMachine;
import dev.plumbline.server.machine.StreamEvent;
import dev.plumbline.server.machine.StreamLifecycle;
import dev.plumbline.server.machine.StreamState;
import dev.plumbline.server.protocol.Message;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One client's wish to be told, and what it was not told yet. At most one notification waits per
 * topic, the newest: every one of them says "look again", so a slow reader loses nothing, and the
 * queue is no longer than the filter.
 */
public final class Subscription {
  private final Object connection;
  private final String key;
  private final Set<Topic> topics;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private final Map<Topic, Message.Notification> pending = new LinkedHashMap<>();
  private final StateMachine<StreamState, StreamEvent> machine;
  private final InstantSource clock;
  private Instant last;
  private long taken;

  Subscription(
      Object connection, String key, Set<Topic> topics, Machines machines, InstantSource clock) {
    this.clock = clock;
    this.last = clock.instant();
    this.connection = connection;
    this.key = key;
    this.topics = Set.copyOf(topics);
    this.machine = machines.start(StreamLifecycle.STREAM);
    machine.fire(StreamEvent.ATTACHED);
  }

  /** Where its stream stands. */
  StreamState state() {
    return machine.state();
  }

  /** What it belongs to. */
  Object connection() {
    return connection;
  }

  /** Its key in the registry. */
  String key() {
    return key;
  }

  /** How many handlers it counts as. */
  int handlers() {
    return Math.max(1, topics.size());
  }

  void offer(Topic topic, Message.Notification notification) {
    if (!topics.contains(topic)) {
      return;
    }
    lock.lock();
    try {
      if (machine.state() == StreamState.ACTIVE) {
        pending.put(topic, notification);
        news.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** As a stream is shown (R026); whoever subscribed is its one reader. */
  ObjectNode toJson() {
    lock.lock();
    try {
      return JsonNodeFactory.instance
          .objectNode()
          .put("stream_id", "subscription/" + key)
          .put("state", machine.state().label())
          .put("message_count", taken)
          .put("queue_depth", pending.size())
          .put("last_event_at", last.toString())
          .put("subscriber_count", machine.state() == StreamState.ACTIVE ? 1 : 0);
    } finally {
      lock.unlock();
    }
  }

  /** The server says no more than what waits. */
  void end() {
    fire(StreamEvent.FINISHED);
  }

  /** Nobody reads any more. */
  void close() {
    fire(StreamEvent.TERMINATED);
  }

  private void fire(StreamEvent event) {
    lock.lock();
    try {
      machine.fire(event);
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** True when the server ended it and nothing waits any more. */
  public boolean over() {
    lock.lock();
    try {
      return machine.state() != StreamState.ACTIVE && pending.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** The next notification; null when there was none for this long, or there will be no more. */
  public Message.@Nullable Notification next(Duration atMost) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = atMost.toNanos();
      while (pending.isEmpty() && machine.state() == StreamState.ACTIVE && left > 0) {
        left = news.awaitNanos(left);
      }
      Iterator<Message.Notification> waiting = pending.values().iterator();
      if (!waiting.hasNext()) {
        return null;
      }
      Message.Notification next = waiting.next();
      waiting.remove();
      taken++;
      last = clock.instant();
      return next;
    } finally {
      lock.unlock();
    }
  }
}
