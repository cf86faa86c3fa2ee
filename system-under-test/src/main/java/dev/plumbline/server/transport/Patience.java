package dev.plumbline.server.transport;

import dev.plumbline.server.limit.Limits;
import java.time.Duration;

/**
 * How long a peer may keep the server waiting.
 *
 * @param read a message must have arrived within this
 * @param writeStall a peer that does not read for this long is cut off
 * @param linger after a refusal in mid-message, input is thrown away for this long
 */
public record Patience(Duration read, Duration writeStall, Duration linger) {
  /** What the server grants everybody. */
  public static final Patience STANDARD =
      new Patience(Limits.READ_DEADLINE, Limits.WRITE_STALL, Limits.LINGER);

  /** With another time for a message to arrive. */
  public Patience withRead(Duration other) {
    return new Patience(other, writeStall, linger);
  }

  /** With another time in which what follows a refusal is thrown away. */
  public Patience withLinger(Duration other) {
    return new Patience(read, writeStall, other);
  }

  /** With another time for a peer to read. */
  public Patience withWriteStall(Duration other) {
    return new Patience(read, other, linger);
  }
}
