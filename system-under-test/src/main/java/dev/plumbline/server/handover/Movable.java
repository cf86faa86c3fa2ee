package dev.plumbline.server.handover;

import dev.plumbline.server.feature.task.Tasks;
import dev.plumbline.server.observe.EventLog;
import dev.plumbline.server.round.ServerSecret;
import dev.plumbline.server.session.Sessions;
import dev.plumbline.server.session.store.SessionStore;
import dev.plumbline.server.transport.Passage;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/** A running server, as far as a handover moves it. */
public interface Movable {
  /** The file descriptors of its listening sockets, by name. */
  Map<String, Integer> descriptors();

  /** The ports of its listening sockets, by name. */
  Map<String, Integer> ports();

  /** What its processes share. */
  ServerSecret secret();

  /** Where its sessions are kept, as it may be shown. */
  String store();

  /** What operators decided since it was started. */
  OperatorState operators();

  /** Its sessions. */
  Sessions sessions();

  /** Its tasks. */
  Tasks tasks();

  /** Where it tells what happens. */
  EventLog events();

  /** Exchanges the store of its sessions; see {@code WatchedStore}. */
  void exchangeStore(Supplier<? extends SessionStore> next);

  /** Opens its own store again. */
  void reopenStore();

  /** Accepts nothing more and leaves new connections where they wait. */
  void leaveDoor();

  /** Gives up its control port. */
  void releaseControl();

  /** Has its control port again. */
  void reclaimControl() throws IOException;

  /** Passes idle connections on from now on. */
  void move(Passage elsewhere);

  /** Serves everything again that it had passed on or left waiting. */
  void stay();

  /** Waits until every connection that can be passed on was. */
  boolean awaitPassage(Duration limit) throws InterruptedException;

  /** Finishes what is left, and closes. */
  void stop() throws InterruptedException;
}
