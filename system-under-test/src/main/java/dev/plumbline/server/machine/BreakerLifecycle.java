package dev.plumbline.server.machine;

import static dev.plumbline.server.machine.BreakerEvent.FORCE_OPEN;
import static dev.plumbline.server.machine.BreakerEvent.PROBES_DONE;
import static dev.plumbline.server.machine.BreakerEvent.PROBE_FAILED;
import static dev.plumbline.server.machine.BreakerEvent.PROBE_TIMEOUT;
import static dev.plumbline.server.machine.BreakerEvent.RECOVERED;
import static dev.plumbline.server.machine.BreakerEvent.RESET;
import static dev.plumbline.server.machine.BreakerEvent.TRIP;
import static dev.plumbline.server.machine.BreakerEvent.WAIT_OVER;
import static dev.plumbline.server.machine.BreakerState.CLOSED;
import static dev.plumbline.server.machine.BreakerState.FORCED_OPEN;
import static dev.plumbline.server.machine.BreakerState.HALF_OPEN;
import static dev.plumbline.server.machine.BreakerState.OPEN;

import java.time.Duration;

/** The lifecycle of a circuit breaker (C8), complete for every state and event. */
public final class BreakerLifecycle {
  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final Duration PROBING = Duration.ofSeconds(5);
  private static final String NO_PROBES = "no probes are let through";
  private static final String HELD = "an operator holds it open";

  /** A circuit breaker: closed, open, half open, forced open. It has no end: it begins anew. */
  public static final TransitionTable<BreakerState, BreakerEvent> BREAKER =
      TransitionTable.of("breaker", BreakerState.class, BreakerEvent.class, CLOSED)
          .move(CLOSED, TRIP, OPEN)
          .refuse(CLOSED, WAIT_OVER, "it is not open")
          .refuse(CLOSED, RECOVERED, NO_PROBES)
          .refuse(CLOSED, PROBE_FAILED, NO_PROBES)
          .refuse(CLOSED, PROBE_TIMEOUT, NO_PROBES)
          .refuse(CLOSED, PROBES_DONE, NO_PROBES)
          .move(CLOSED, FORCE_OPEN, FORCED_OPEN)
          .ignore(CLOSED, RESET, "it is closed already")
          .ignore(OPEN, TRIP, "it is open already")
          .move(OPEN, WAIT_OVER, HALF_OPEN)
          .refuse(OPEN, RECOVERED, NO_PROBES)
          .refuse(OPEN, PROBE_FAILED, NO_PROBES)
          .refuse(OPEN, PROBE_TIMEOUT, NO_PROBES)
          .refuse(OPEN, PROBES_DONE, NO_PROBES)
          .move(OPEN, FORCE_OPEN, FORCED_OPEN)
          .move(OPEN, RESET, CLOSED)
          .move(HALF_OPEN, TRIP, OPEN)
          .ignore(HALF_OPEN, WAIT_OVER, "it is half open already")
          .move(HALF_OPEN, RECOVERED, CLOSED)
          .move(HALF_OPEN, PROBE_FAILED, OPEN)
          // FM-14: a probe that never comes back does not keep it half open.
          .move(HALF_OPEN, PROBE_TIMEOUT, OPEN)
          // Who calls rarely must not keep it from closing.
          .ignore(HALF_OPEN, PROBES_DONE, "the next probes are let through")
          .move(HALF_OPEN, FORCE_OPEN, FORCED_OPEN)
          .move(HALF_OPEN, RESET, CLOSED)
          .ignore(FORCED_OPEN, TRIP, HELD)
          .refuse(FORCED_OPEN, WAIT_OVER, HELD)
          .refuse(FORCED_OPEN, RECOVERED, HELD)
          .refuse(FORCED_OPEN, PROBE_FAILED, HELD)
          .refuse(FORCED_OPEN, PROBE_TIMEOUT, HELD)
          .refuse(FORCED_OPEN, PROBES_DONE, HELD)
          .ignore(FORCED_OPEN, FORCE_OPEN, HELD)
          .move(FORCED_OPEN, RESET, CLOSED)
          .timeout(OPEN, WAIT_OVER, Timeout.Since.ENTERED, FIRST_WAIT)
          // The time of the probes begins with the first that nobody has heard of.
          .timeout(HALF_OPEN, PROBE_TIMEOUT, Timeout.Since.USED, PROBING)
          .timeout(HALF_OPEN, PROBES_DONE, Timeout.Since.USED, PROBING)
          .build();

  private BreakerLifecycle() {}
}
