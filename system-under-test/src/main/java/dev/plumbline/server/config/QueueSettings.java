package dev.plumbline.server.config;

import static dev.plumbline.server.config.Setting.Effect.LIVE;

import java.util.Map;

/**
 * How much may be held at once (C6).
 *
 * @param caps by role; a role that is not named has the cap of {@link Roles#DEFAULT}
 */
public record QueueSettings(
    @Setting(min = "0", max = "10000000", effect = LIVE) Map<String, Integer> caps) {
  /** Copies the map. */
  public QueueSettings {
    caps = Map.copyOf(caps);
  }

  /** The cap of a role. */
  public int cap(String role) {
    return caps.getOrDefault(role, caps.getOrDefault(Roles.DEFAULT, 1_000));
  }

  /** What holds when nothing is set. */
  static QueueSettings standard() {
    return new QueueSettings(
        Map.of(
            Roles.CONNECTION, 10_000,
            Roles.SESSION, 10_000,
            Roles.SSE_STREAM, 5_000,
            Roles.TASK_WORKER, 1_000,
            Roles.TASK_KEPT, 10_000,
            Roles.TOOL_EXECUTOR, 500,
            Roles.TRANSPORT, 2_000,
            Roles.DEFAULT, 1_000));
  }
}
