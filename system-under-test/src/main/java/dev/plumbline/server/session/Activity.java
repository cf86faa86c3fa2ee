package dev.plumbline.server.session;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** What one session has done, in numbers. Counting costs an addition; any number of threads. */
public final class Activity {
  private final InstantSource clock;
  private final Instant created;
  private final AtomicLong messages = new AtomicLong();
  private final AtomicLong errors = new AtomicLong();
  private volatile long lastMillis;

  /** A session that began then. */
  Activity(Instant created, InstantSource clock) {
    this.clock = clock;
    this.created = created;
    this.lastMillis = clock.millis();
  }

  /** A message of the client came. */
  public void message() {
    messages.incrementAndGet();
    lastMillis = clock.millis();
  }

  /** A request of the client was answered with an error. */
  public void error() {
    errors.incrementAndGet();
  }

  /** When the session began. */
  public Instant created() {
    return created;
  }

  /** When its client said something last. */
  public Instant last() {
    return Instant.ofEpochMilli(lastMillis);
  }

  /** Messages of the client. */
  public long messages() {
    return messages.get();
  }

  /** Requests that were answered with an error. */
  public long errors() {
    return errors.get();
  }
}
