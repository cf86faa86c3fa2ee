package dev.plumbline.server.machine;

import static dev.plumbline.server.machine.DomainEvent.DRAINED;
import static dev.plumbline.server.machine.DomainEvent.DRAIN_TIMEOUT;
import static dev.plumbline.server.machine.DomainEvent.GIVE_UP;
import static dev.plumbline.server.machine.DomainEvent.KILL;
import static dev.plumbline.server.machine.DomainEvent.RESET;
import static dev.plumbline.server.machine.DomainEvent.RESTART;
import static dev.plumbline.server.machine.DomainEvent.STARTED;
import static dev.plumbline.server.machine.DomainEvent.STOP;
import static dev.plumbline.server.machine.DomainState.DRAINING;
import static dev.plumbline.server.machine.DomainState.FAILED;
import static dev.plumbline.server.machine.DomainState.RESTARTING;
import static dev.plumbline.server.machine.DomainState.RUNNING;
import static dev.plumbline.server.machine.DomainState.STOPPED;

import java.time.Duration;

/** The lifecycle of a failure domain (C9), complete for every state and event. */
public final class DomainLifecycle {
  private static final Duration DRAIN = Duration.ofSeconds(1);
  private static final String NOT_DRAINING = "the domain is not draining";
  private static final String UNDER_WAY = "it is being restarted already";
  private static final String GIVEN_UP = "it was given up; reset it";
  private static final String NOT_GIVEN_UP = "it was not given up";

  /** A failure domain: running, draining, restarting, failed, stopped. */
  public static final TransitionTable<DomainState, DomainEvent> DOMAIN =
      TransitionTable.of("domain", DomainState.class, DomainEvent.class, RUNNING)
          .move(RUNNING, RESTART, DRAINING)
          .move(RUNNING, KILL, RESTARTING)
          .refuse(RUNNING, DRAINED, NOT_DRAINING)
          .refuse(RUNNING, DRAIN_TIMEOUT, NOT_DRAINING)
          .refuse(RUNNING, STARTED, "it runs")
          .move(RUNNING, GIVE_UP, FAILED)
          .ignore(RUNNING, RESET, NOT_GIVEN_UP)
          .move(RUNNING, STOP, STOPPED)
          .ignore(DRAINING, RESTART, UNDER_WAY)
          .move(DRAINING, KILL, RESTARTING)
          .move(DRAINING, DRAINED, RESTARTING)
          .move(DRAINING, DRAIN_TIMEOUT, RESTARTING)
          .timeout(DRAINING, DRAIN_TIMEOUT, Timeout.Since.ENTERED, DRAIN)
          .refuse(DRAINING, STARTED, "its last life is not over")
          .move(DRAINING, GIVE_UP, FAILED)
          .ignore(DRAINING, RESET, NOT_GIVEN_UP)
          .move(DRAINING, STOP, STOPPED)
          .ignore(RESTARTING, RESTART, UNDER_WAY)
          .ignore(RESTARTING, KILL, UNDER_WAY)
          // It was killed while it drained.
          .ignore(RESTARTING, DRAINED, UNDER_WAY)
          .ignore(RESTARTING, DRAIN_TIMEOUT, UNDER_WAY)
          .move(RESTARTING, STARTED, RUNNING)
          .move(RESTARTING, GIVE_UP, FAILED)
          .ignore(RESTARTING, RESET, NOT_GIVEN_UP)
          .move(RESTARTING, STOP, STOPPED)
          .refuse(FAILED, RESTART, GIVEN_UP)
          .refuse(FAILED, KILL, GIVEN_UP)
          .refuse(FAILED, DRAINED, NOT_DRAINING)
          .refuse(FAILED, DRAIN_TIMEOUT, NOT_DRAINING)
          .refuse(FAILED, STARTED, GIVEN_UP)
          .ignore(FAILED, GIVE_UP, "it was given up already")
          .move(FAILED, RESET, RESTARTING)
          .move(FAILED, STOP, STOPPED)
          .refuseRest(STOPPED, "its server has stopped")
          .build();

  private DomainLifecycle() {}
}
