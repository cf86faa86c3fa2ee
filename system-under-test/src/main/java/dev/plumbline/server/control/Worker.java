package dev.plumbline.server.control;

import org.jspecify.annotations.Nullable;

/** One thread of the crew. Its state belongs to the lock of the crew. */
final class Worker {
  private final Thread thread;
  private @Nullable Call call;
  private boolean slow;
  private boolean aside;

  Worker(Thread thread) {
    this.thread = thread;
  }

  Thread thread() {
    return thread;
  }

  /** What it is doing; null when it waits. */
  @Nullable Call call() {
    return call;
  }

  void begin(Call next) {
    call = next;
  }

  void end() {
    call = null;
    slow = false;
    aside = false;
  }

  /** True when its call takes so long that another thread does its work. */
  boolean slow() {
    return slow;
  }

  void markSlow() {
    slow = true;
  }

  /** True when nobody waits for its call any more. */
  boolean aside() {
    return aside;
  }

  void setAside() {
    aside = true;
  }
}
