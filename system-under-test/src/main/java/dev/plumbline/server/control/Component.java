package dev.plumbline.server.control;

import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** A registered component. Its changing part belongs to the lock of the plane. */
final class Component {
  private final String id;
  private final ComponentHandler handler;
  private final boolean essential;
  private @Nullable PriorityQueue<Envelope> parked;
  private boolean busy;
  private boolean stuck;
  private boolean gone;
  private int waiting;

  /**
   * A component that waits for messages.
   *
   * @param essential true for parts of the server, which are served whatever others do
   */
  Component(String id, ComponentHandler handler, boolean essential) {
    this.id = id;
    this.handler = handler;
    this.essential = essential;
  }

  String id() {
    return id;
  }

  ComponentHandler handler() {
    return handler;
  }

  boolean essential() {
    return essential;
  }

  /** True while a call of its handler goes on. */
  boolean busy() {
    return busy;
  }

  void busy(boolean now) {
    busy = now;
  }

  /** True when a call has taken too long and has not come back. */
  boolean stuck() {
    return stuck;
  }

  void stuck(boolean now) {
    stuck = now;
  }

  /** True once it is no longer registered. */
  boolean gone() {
    return gone;
  }

  void leave() {
    gone = true;
  }

  /** How many messages wait for it. */
  int waiting() {
    return waiting;
  }

  void waits(int change) {
    waiting += change;
  }

  /** Keeps a message until the call that goes on has come back. */
  void park(Envelope envelope) {
    if (parked == null) {
      parked = new PriorityQueue<>(Envelope.ORDER);
    }
    parked.add(envelope);
  }

  /** The most urgent message that was kept. */
  @Nullable Envelope unpark() {
    return parked == null ? null : parked.poll();
  }
}
