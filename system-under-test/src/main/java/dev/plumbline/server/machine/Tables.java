package dev.plumbline.server.machine;

import java.util.List;

/** Every table there is; whatever is true of all of them goes over this list. */
public final class Tables {
  private static final List<TransitionTable<?, ?>> ALL =
      List.of(
          ClientLifecycle.CLIENT,
          ServerLifecycle.SERVER,
          SessionLifecycle.SESSION,
          TaskLifecycle.TASK,
          StreamLifecycle.STREAM,
          BreakerLifecycle.BREAKER,
          DomainLifecycle.DOMAIN);

  private Tables() {}

  /** All tables. */
  public static List<TransitionTable<?, ?>> all() {
    return ALL;
  }
}
