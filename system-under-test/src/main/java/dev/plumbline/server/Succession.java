package dev.plumbline.server;

import dev.plumbline.server.control.port.ControlSetup;
import dev.plumbline.server.handover.HandoverDoor;
import dev.plumbline.server.handover.HandoverException;
import dev.plumbline.server.handover.Heir;
import dev.plumbline.server.session.store.RecordCodec;
import dev.plumbline.server.session.store.SessionRecord;
import dev.plumbline.server.session.store.StoreException;
import dev.plumbline.server.transport.HttpTransport;
import dev.plumbline.server.transport.LoopKind;
import dev.plumbline.server.transport.Network;
import dev.plumbline.server.transport.Sockets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Starts a server that others can take over from, in the place of one that runs if there is one.
 */
final class Succession {
  private Succession() {}

  /**
   * Starts it.
   *
   * @param path where a running process is found, and this one after it
   * @param make makes the server; its sessions come later when another process has them
   * @param done run when yet another process has taken over from this one
   * @throws HandoverException when it cannot take over; the running process goes on
   */
  static HttpServer serve(
      Path path,
      ServerContext context,
      Function<ServerContext, ServerCore> make,
      Network.Listeners listeners,
      ControlSetup control,
      Runnable done)
      throws IOException, HandoverException {
    return serve(path, RecordCodec.CURRENT, context, make, listeners, control, done);
  }

  /** The same with an older newest version of records. */
  static HttpServer serve(
      Path path,
      int format,
      ServerContext context,
      Function<ServerContext, ServerCore> make,
      Network.Listeners listeners,
      ControlSetup control,
      Runnable done)
      throws IOException, HandoverException {
    if (!LoopKind.EPOLL.available()) {
      throw new HandoverException(
          "--handover needs Linux with Netty's native epoll: this platform has none, leave it out");
    }
    Optional<Heir> heir = Heir.find(path, format, Heir.TURN);
    HttpServer server =
        heir.isPresent()
            ? succeed(heir.get(), context, make, listeners, control)
            : new HttpServer(make.apply(context), listeners.with(Sockets.MOVABLE), control);
    Future<?> before =
        heir.map(Heir::over).orElseGet(() -> CompletableFuture.completedFuture(null));
    var _ = HandoverDoor.open(path, server.movable(), new HandoverDoor.Terms(before, format), done);
    return server;
  }

  private static HttpServer succeed(
      Heir heir,
      ServerContext context,
      Function<ServerContext, ServerCore> make,
      Network.Listeners listeners,
      ControlSetup control)
      throws IOException, HandoverException {
    ServerCore core = null;
    HttpServer server = null;
    try {
      Map<String, Integer> sockets =
          heir.prepare(
              Map.of(
                  HttpTransport.LISTENER,
                  OptionalInt.of(listeners.httpPort()),
                  "tcp",
                  listeners.tcpPort()),
              MovableServer.store(context.config().get()));
      core = make.apply(context.succeeding(heir.secret()));
      List<SessionRecord> sessions = heir.take();
      // Before anything arrives here that needs the limits of now.
      InheritedDecisions.take(heir.operators(), core);
      core.sessionRules().openStore();
      heir.leaveSockets();
      server = new HttpServer(core, listeners.with(Sockets.inherited(sockets)), control);
      var _ = heir.arrive(core.sessions(), core.tasks(), sessions);
      heir.serve(server::adopt);
      server.open();
      return server;
    } catch (IOException | HandoverException | StoreException e) {
      heir.close();
      if (server != null) {
        server.close();
      } else if (core != null) {
        core.close();
      }
      throw e;
    }
  }
}
