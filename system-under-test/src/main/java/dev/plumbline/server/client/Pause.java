package dev.plumbline.server.client;

import java.time.Duration;

/** How a client waits where nothing but time has to pass; another one for tests of what it does. */
@FunctionalInterface
interface Pause {
  /** Really waits. */
  Pause REAL = Thread::sleep;

  /** Lets that time pass. */
  void sleep(Duration time) throws InterruptedException;
}
