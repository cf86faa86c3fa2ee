package dev.plumbline.server.machine;

import static dev.plumbline.server.machine.ClientEvent.AGREED;
import static dev.plumbline.server.machine.ClientEvent.CLOSE;
import static dev.plumbline.server.machine.ClientEvent.CONNECT;
import static dev.plumbline.server.machine.ClientEvent.FAILED;
import static dev.plumbline.server.machine.ClientEvent.LOST;
import static dev.plumbline.server.machine.ClientEvent.OPENED;
import static dev.plumbline.server.machine.ClientEvent.RELEASED;
import static dev.plumbline.server.machine.ClientEvent.SESSION_ENDED;
import static dev.plumbline.server.machine.ClientState.CONNECTING;
import static dev.plumbline.server.machine.ClientState.DISCONNECTED;
import static dev.plumbline.server.machine.ClientState.DISCONNECTING;
import static dev.plumbline.server.machine.ClientState.INITIALIZING;
import static dev.plumbline.server.machine.ClientState.READY;

/** The lifecycle of the client (C11), complete for every state and event. */
public final class ClientLifecycle {
  /** The client: disconnected, connecting, initializing, ready, disconnecting. */
  public static final TransitionTable<ClientState, ClientEvent> CLIENT =
      TransitionTable.of("client", ClientState.class, ClientEvent.class, DISCONNECTED)
          .move(DISCONNECTED, CONNECT, CONNECTING)
          // A wire may tell its end after everybody left.
          .stay(DISCONNECTED, LOST)
          .stay(DISCONNECTED, CLOSE)
          .refuseRest(DISCONNECTED, "connect first")
          .stay(CONNECTING, CONNECT)
          .move(CONNECTING, OPENED, INITIALIZING)
          .move(CONNECTING, FAILED, DISCONNECTED)
          .stay(CONNECTING, LOST)
          .stay(CONNECTING, SESSION_ENDED)
          .move(CONNECTING, CLOSE, DISCONNECTING)
          .refuseRest(CONNECTING, "no wire is open")
          .stay(INITIALIZING, CONNECT)
          .move(INITIALIZING, AGREED, READY)
          .move(INITIALIZING, FAILED, DISCONNECTING)
          .move(INITIALIZING, LOST, CONNECTING)
          .stay(INITIALIZING, SESSION_ENDED)
          .move(INITIALIZING, CLOSE, DISCONNECTING)
          .refuseRest(INITIALIZING, "the handshake is not finished")
          .stay(READY, CONNECT)
          // The next request connects again; until then a connection is wanted.
          .move(READY, LOST, CONNECTING)
          .move(READY, SESSION_ENDED, INITIALIZING)
          .move(READY, CLOSE, DISCONNECTING)
          .refuseRest(READY, "the client is ready")
          .stay(DISCONNECTING, LOST)
          .stay(DISCONNECTING, CLOSE)
          .move(DISCONNECTING, RELEASED, DISCONNECTED)
          .refuseRest(DISCONNECTING, "the client is disconnecting")
          .build();

  private ClientLifecycle() {}
}
