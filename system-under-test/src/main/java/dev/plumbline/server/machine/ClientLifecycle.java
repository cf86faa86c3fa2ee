package dev.plumbline.server.machine;

import static dev.plumbline.server.machine.ClientEvent.AGREED;
import static dev.plumbline.server.machine.ClientEvent.CLOSE;
import static dev.plumbline.server.machine.ClientEvent.CONNECT;
import static dev.plumbline.server.machine.ClientEvent.FAILED;
import static dev.plumbline.server.machine.ClientEvent.HANDSHAKE_TIMEOUT;
import static dev.plumbline.server.machine.ClientEvent.LOST;
import static dev.plumbline.server.machine.ClientEvent.OPENED;
import static dev.plumbline.server.machine.ClientEvent.RELEASED;
import static dev.plumbline.server.machine.ClientEvent.SESSION_ENDED;
import static dev.plumbline.server.machine.ClientState.CONNECTING;
import static dev.plumbline.server.machine.ClientState.DISCONNECTED;
import static dev.plumbline.server.machine.ClientState.DISCONNECTING;
import static dev.plumbline.server.machine.ClientState.INITIALIZING;
import static dev.plumbline.server.machine.ClientState.READY;

import java.time.Duration;

/** The lifecycle of the client (C11), complete for every state and event. */
public final class ClientLifecycle {
  /** Action: let go of the wire and of whoever waits for an answer. */
  public static final String RELEASE = "release";

  private static final String UNDER_WAY = "a connection is being made already";
  private static final String NO_SESSION = "there is no session yet";

  /** The client: disconnected, connecting, initializing, ready, disconnecting. */
  public static final TransitionTable<ClientState, ClientEvent> CLIENT =
      TransitionTable.of("client", ClientState.class, ClientEvent.class, DISCONNECTED)
          .move(DISCONNECTED, CONNECT, CONNECTING)
          .ignore(DISCONNECTED, LOST, "a wire may tell its end after everybody left")
          .ignore(DISCONNECTED, CLOSE, "nothing is open")
          .refuseRest(DISCONNECTED, "connect first")
          .ignore(CONNECTING, CONNECT, UNDER_WAY)
          .move(CONNECTING, OPENED, INITIALIZING)
          .move(CONNECTING, FAILED, DISCONNECTED)
          .ignore(CONNECTING, LOST, "a new wire is wanted already")
          .ignore(CONNECTING, SESSION_ENDED, NO_SESSION)
          .move(CONNECTING, CLOSE, DISCONNECTING)
          .refuseRest(CONNECTING, "no wire is open")
          .ignore(INITIALIZING, CONNECT, UNDER_WAY)
          .move(INITIALIZING, AGREED, READY)
          .move(INITIALIZING, FAILED, DISCONNECTING)
          // C10: initialize completes within 30 s.
          .move(INITIALIZING, HANDSHAKE_TIMEOUT, DISCONNECTING)
          .timeout(INITIALIZING, HANDSHAKE_TIMEOUT, Timeout.Since.ENTERED, Duration.ofSeconds(30))
          .move(INITIALIZING, LOST, CONNECTING)
          // Another attempt on the same wire has its own 30 s.
          .move(INITIALIZING, SESSION_ENDED, INITIALIZING)
          .move(INITIALIZING, CLOSE, DISCONNECTING)
          .refuseRest(INITIALIZING, "the handshake is not finished")
          .ignore(READY, CONNECT, "the client is connected already")
          // The next request connects again; until then a connection is wanted.
          .move(READY, LOST, CONNECTING)
          .move(READY, SESSION_ENDED, INITIALIZING)
          .move(READY, CLOSE, DISCONNECTING)
          .refuseRest(READY, "the client is ready")
          .ignore(DISCONNECTING, LOST, "the wire is being closed")
          .ignore(DISCONNECTING, CLOSE, "the client is being closed already")
          .move(DISCONNECTING, RELEASED, DISCONNECTED)
          .refuseRest(DISCONNECTING, "the client is disconnecting")
          .onEntry(DISCONNECTING, RELEASE)
          .build();

  private ClientLifecycle() {}
}
