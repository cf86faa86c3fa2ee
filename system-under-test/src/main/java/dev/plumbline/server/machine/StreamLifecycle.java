package dev.plumbline.server.machine;

import static dev.plumbline.server.machine.StreamEvent.ATTACHED;
import static dev.plumbline.server.machine.StreamEvent.EXPIRED;
import static dev.plumbline.server.machine.StreamEvent.FINISHED;
import static dev.plumbline.server.machine.StreamEvent.LOST;
import static dev.plumbline.server.machine.StreamEvent.REPLAYED;
import static dev.plumbline.server.machine.StreamEvent.RESUME;
import static dev.plumbline.server.machine.StreamEvent.TERMINATED;
import static dev.plumbline.server.machine.StreamState.ACTIVE;
import static dev.plumbline.server.machine.StreamState.CLOSED;
import static dev.plumbline.server.machine.StreamState.CLOSING;
import static dev.plumbline.server.machine.StreamState.OPENING;
import static dev.plumbline.server.machine.StreamState.PAUSED;
import static dev.plumbline.server.machine.StreamState.RESUMING;

import java.time.Duration;

/** The lifecycle of an event stream of a session (C11), complete for every state and event. */
public final class StreamLifecycle {
  /** Action: forget what is kept and let go of the connection. */
  public static final String FORGET = "forget";

  private static final String CARRIED = "a connection carries the stream";
  private static final String LAST_SAID = "the last message is said";

  /** A stream without a connection is kept so long. */
  public static final Duration KEPT = Duration.ofMinutes(1);

  /** An event stream: opening, active, paused, resuming, closing, closed. */
  public static final TransitionTable<StreamState, StreamEvent> STREAM =
      TransitionTable.of("stream", StreamState.class, StreamEvent.class, OPENING)
          .move(OPENING, ATTACHED, ACTIVE)
          .move(OPENING, LOST, PAUSED)
          .refuse(OPENING, RESUME, "nothing was sent yet")
          .refuse(OPENING, REPLAYED, "nothing was sent yet")
          .move(OPENING, FINISHED, CLOSING)
          .refuse(OPENING, EXPIRED, CARRIED)
          .move(OPENING, TERMINATED, CLOSED)
          .refuse(ACTIVE, ATTACHED, CARRIED)
          .move(ACTIVE, LOST, PAUSED)
          // The client noticed the loss before we did: its new connection takes over.
          .move(ACTIVE, RESUME, RESUMING)
          .ignore(ACTIVE, REPLAYED, "its connection has everything already")
          .move(ACTIVE, FINISHED, CLOSING)
          .refuse(ACTIVE, EXPIRED, CARRIED)
          .move(ACTIVE, TERMINATED, CLOSED)
          .refuse(PAUSED, ATTACHED, "the stream can only be resumed")
          .ignore(PAUSED, LOST, "no connection carries the stream")
          .move(PAUSED, RESUME, RESUMING)
          .refuse(PAUSED, REPLAYED, "no connection carries the stream")
          .move(PAUSED, FINISHED, CLOSING)
          .move(PAUSED, EXPIRED, CLOSED)
          .timeout(PAUSED, EXPIRED, Timeout.Since.USED, KEPT)
          .move(PAUSED, TERMINATED, CLOSED)
          .refuse(RESUMING, ATTACHED, "the stream can only be resumed")
          .move(RESUMING, LOST, PAUSED)
          // Once more: the newest connection takes over and is told what it missed.
          .move(RESUMING, RESUME, RESUMING)
          .move(RESUMING, REPLAYED, ACTIVE)
          .move(RESUMING, FINISHED, CLOSING)
          .refuse(RESUMING, EXPIRED, CARRIED)
          .move(RESUMING, TERMINATED, CLOSED)
          .refuse(CLOSING, ATTACHED, LAST_SAID)
          .ignore(CLOSING, LOST, "kept for a client that comes back")
          .ignore(CLOSING, RESUME, "a client may still fetch what it missed")
          .ignore(CLOSING, REPLAYED, LAST_SAID)
          .ignore(CLOSING, FINISHED, LAST_SAID)
          .move(CLOSING, EXPIRED, CLOSED)
          .timeout(CLOSING, EXPIRED, Timeout.Since.USED, KEPT)
          .move(CLOSING, TERMINATED, CLOSED)
          .refuseRest(CLOSED, "the stream is forgotten")
          .onEntry(CLOSED, FORGET)
          .build();

  private StreamLifecycle() {}
}
