package dev.plumbline.chaos.mode;

import java.util.List;
import java.util.Optional;

/** The catalogue. */
public final class FailureModes {
  private static final List<FailureMode> ALL =
      List.of(TcpTimeout.MODE, HighLatency.MODE, ConnectionLoss.MODE);

  private FailureModes() {}

  /** All failure modes, by id. */
  public static List<FailureMode> all() {
    return ALL;
  }

  /** The failure mode of that id, in any case. */
  public static Optional<FailureMode> of(String id) {
    return ALL.stream().filter(mode -> mode.id().equalsIgnoreCase(id)).findFirst();
  }
}
