package dev.plumbline.chaos.toxic;

import dev.plumbline.evidence.model.Names;
import java.util.Locale;
import java.util.Optional;

/** Which way the bytes flow that a toxic works on. */
public enum Direction {
  /** From the client to the target. */
  UPSTREAM,
  /** From the target to the client. */
  DOWNSTREAM;

  /** The name in Toxiproxy's API. */
  public String id() {
    return Names.toId(this);
  }

  /** The direction of that name in any case, or empty when there is none. */
  public static Optional<Direction> of(String id) {
    return Names.fromId(Direction.class, id.toLowerCase(Locale.ROOT));
  }
}
