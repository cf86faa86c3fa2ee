package dev.plumbline.server.domain;

import java.io.IOException;
import java.util.OptionalInt;

/** What a failure domain consists of beside the work that runs in it. */
public interface Part {
  /** Nothing. */
  Part NONE =
      new Part() {
        @Override
        public void stop() {}

        @Override
        public void start() {}

        @Override
        public int connections() {
          return 0;
        }

        @Override
        public int pending() {
          return 0;
        }
      };

  /** Takes nothing new, because the domain drains. */
  default void drain() {}

  /** Ends everything of the life that is over; bounded. */
  void stop() throws InterruptedException;

  /**
   * Begins the next life.
   *
   * @throws IOException when that is not possible now; it is tried again
   */
  void start() throws IOException;

  /** How many connections, or sessions, it has. */
  int connections();

  /**
   * How many there may be; empty when nothing but the file descriptors of the process bounds it.
   */
  default OptionalInt mostConnections() {
    return OptionalInt.empty();
  }

  /** How many requests it has taken that are not answered, beside the work in the domain. */
  int pending();
}
