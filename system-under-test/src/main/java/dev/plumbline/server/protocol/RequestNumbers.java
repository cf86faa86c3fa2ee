package dev.plumbline.server.protocol;

import java.util.concurrent.atomic.AtomicLong;

/** The ids one side gives its requests: 1, 2, 3 and so on, never one twice. For any thread. */
public final class RequestNumbers {
  private final AtomicLong last = new AtomicLong();

  /** None given yet. */
  public RequestNumbers() {}

  /** The next id. */
  public RequestId.Whole next() {
    return new RequestId.Whole(Long.toString(last.incrementAndGet()));
  }
}
