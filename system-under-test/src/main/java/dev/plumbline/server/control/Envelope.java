package dev.plumbline.server.control;

import java.util.Comparator;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** A message on its way. */
final class Envelope {
  /** Strict between priorities, first come first served within one. */
  static final Comparator<Envelope> ORDER =
      Comparator.comparing(Envelope::priority).thenComparingLong(Envelope::number);

  private final ControlMessage message;
  private final Component component;
  private final long number;
  private final long arrivedNanos;
  private final Consumer<Delivery> answer;
  private final AtomicBoolean answered = new AtomicBoolean();

  Envelope(
      ControlMessage message,
      Component component,
      long number,
      long arrivedNanos,
      Consumer<Delivery> answer) {
    this.message = message;
    this.component = component;
    this.number = number;
    this.arrivedNanos = arrivedNanos;
    this.answer = answer;
  }

  ControlMessage message() {
    return message;
  }

  Component component() {
    return component;
  }

  Priority priority() {
    return message.priority();
  }

  long number() {
    return number;
  }

  long arrivedNanos() {
    return arrivedNanos;
  }

  /** True for the first who wants to answer, and never again. */
  boolean claim() {
    return answered.compareAndSet(false, true);
  }

  Consumer<Delivery> answer() {
    return answer;
  }
}
