package dev.plumbline.server.handover;

import dev.plumbline.server.feature.task.TaskRecord;
import dev.plumbline.server.limit.Limits;
import dev.plumbline.server.observe.Log;
import dev.plumbline.server.observe.Severity;
import dev.plumbline.server.protocol.Decoded;
import dev.plumbline.server.protocol.Message;
import dev.plumbline.server.protocol.StrictDecoder;
import dev.plumbline.server.session.Finisher;
import dev.plumbline.server.session.store.RecordCodec;
import dev.plumbline.server.session.store.SessionRecord;
import dev.plumbline.server.session.store.StoreException;
import dev.plumbline.server.transport.Passage;
import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollSocketChannel;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The part of the process that leaves, in five steps (R083): the other process has loaded its code;
 * this one suspends (accepts nothing more), migrates (tells every session, in a version both know),
 * the other resumes (imports, accepts), and says that it serves. Until then everything can be
 * undone; from then on this process only finishes what it had begun.
 */
final class Leaving implements Passage {
  /** The other process may have to start first. */
  private static final Duration STARTING = Duration.ofSeconds(60);

  /** For the steps between the last connection accepted here and the first one there. */
  private static final Duration MOVING = Duration.ofSeconds(10);

  /** How long it is tried to have the own store again. */
  private static final int REOPENINGS = 100;

  private static final long REOPENING_MILLIS = 50;

  private static final long LOOK_MILLIS = 20;

  private final Movable server;
  private final Link link;
  private final CompletableFuture<Void> serving = new CompletableFuture<>();

  /** Connections that are not closed here yet. */
  private final Set<Channel> passed = new LinkedHashSet<>();

  /** Those of them that the kernel has for the other process. */
  private final Set<Channel> given = new HashSet<>();

  private final Descriptors descriptors;
  private boolean giving;
  private boolean committed;
  private int connections;

  private Leaving(Movable server, Link link, Descriptors descriptors) {
    this.server = server;
    this.link = link;
    this.descriptors = descriptors;
  }

  /**
   * Hands over to whoever is at the other end of the link.
   *
   * @param newest the newest version of records that this process writes
   * @return true when the other process serves and this one has finished; false when everything is
   *     as before
   */
  static boolean to(Link link, Movable server, int newest, Path descriptorPath)
      throws InterruptedException {
    try (Descriptors descriptors = Descriptors.giving(descriptorPath)) {
      return new Leaving(server, link, descriptors).handOver(newest);
    } catch (IOException e) {
      Log.failure("handover", e);
      return false;
    } finally {
      link.close();
    }
  }

  private boolean handOver(int newest) throws InterruptedException {
    int format;
    try {
      format = prepare(newest);
    } catch (IOException | HandoverException e) {
      tell(Severity.WARNING, "another process came and did not take over", Map.of());
      return false;
    }
    long start = System.nanoTime();
    LinkRelay relay = new LinkRelay(link);
    try {
      move(format, relay);
    } catch (IOException | StoreException | ExecutionException | TimeoutException e) {
      Log.failure("handover", e);
      undo(relay);
      return false;
    }
    commit(start);
    finish();
    return true;
  }

  private int prepare(int newest) throws IOException, HandoverException {
    Frame hello = link.expect(STARTING);
    int format;
    try {
      format = Welcome.agreed(hello, newest);
    } catch (HandoverException e) {
      link.send(Frame.of(Frame.Type.REFUSED, out -> out.writeUTF(String.valueOf(e.getMessage()))));
      throw e;
    }
    TreeMap<String, Integer> sockets = new TreeMap<>(server.descriptors());
    TreeMap<String, Integer> ports = new TreeMap<>(server.ports());
    sockets.keySet().retainAll(ports.keySet());
    ports.keySet().retainAll(sockets.keySet());
    link.send(
        new Welcome(format, ports, server.store(), server.operators(), server.secret()).toFrame());
    descriptors.awaitTaker();
    // In the order of their names, which is that of the ports.
    sockets.values().forEach(socket -> descriptors.give(socket, () -> {}));
    if (link.expect(STARTING).type() != Frame.Type.TAKE) {
      throw new IOException("expected TAKE");
    }
    return format;
  }

  private void move(int format, LinkRelay relay)
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    server.leaveDoor();
    server.releaseControl();
    server.move(this);
    server.exchangeStore(() -> new SuccessorStore(link, format));
    List<SessionRecord> sessions = server.sessions().handOver(relay);
    for (SessionRecord session : sessions) {
      link.send(new Frame(Frame.Type.SESSION, RecordCodec.encode(session, format)));
      if (format < RecordCodec.WITH_MAIL) {
        // The record cannot carry what waits for the client: it follows as if it were new.
        session
            .priorityQueue()
            .forEach(text -> relay.posted(session.id(), text.getBytes(StandardCharsets.UTF_8)));
      }
    }
    for (TaskRecord task : server.tasks().handover().handOver(relay::task)) {
      link.send(TaskFrames.of(task));
    }
    // The control port is closed by now: nobody decides anything here any more.
    link.send(Welcome.sessionsEnd(server.operators()));
    if (link.expect(MOVING).type() != Frame.Type.IMPORTED) {
      throw new IOException("expected IMPORTED");
    }
    relay.open();
    link.listen(this::heard, () -> serving.completeExceptionally(new IOException("it is gone")));
    giveAll();
    serving.get(MOVING.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** An idle connection: it waits for the other process, or goes there at once. */
  @Override
  public synchronized void pass(Channel connection) {
    connections++;
    passed.add(connection);
    if (giving) {
      give(connection);
    }
  }

  private synchronized void giveAll() {
    giving = true;
    List.copyOf(passed).forEach(this::give);
  }

  private void give(Channel connection) {
    if (connection instanceof EpollSocketChannel socket && socket.isOpen()) {
      descriptors.give(socket.fd().intValue(), () -> given(connection));
    }
  }

  /** Until the other process serves, our own descriptor is the way back. */
  private synchronized void given(Channel connection) {
    given.add(connection);
    if (committed) {
      leave(connection);
    }
  }

  /** Only what was given may be closed here: before that ours is the only descriptor. */
  private void leave(Channel connection) {
    given.remove(connection);
    passed.remove(connection);
    var _ = connection.close();
    notifyAll();
  }

  private synchronized void awaitGiven() throws InterruptedException {
    long end = System.nanoTime() + MOVING.toNanos();
    long left = MOVING.toMillis();
    while (!passed.isEmpty() && left > 0) {
      wait(left);
      left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
    }
  }

  /** Only this process can say what its tasks came to. */
  private void awaitTasks() throws InterruptedException {
    long end = System.nanoTime() + Limits.HANDOVER_TASKS.toNanos();
    while (server.tasks().handover().unattended() > 0 && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
  }

  private synchronized void commit(long start) {
    committed = true;
    List.copyOf(given).forEach(this::leave);
    tell(
        Severity.INFO,
        "another process serves now; this one finishes what it has begun",
        Map.of(
            "connections", Integer.toString(connections),
            "pause_ms", Long.toString(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start))));
  }

  private void undo(LinkRelay relay) throws InterruptedException {
    link.close();
    for (int i = 0; i < REOPENINGS; i++) {
      try {
        server.reopenStore();
        break;
      } catch (StoreException e) {
        // The other process may still be about to end.
        TimeUnit.MILLISECONDS.sleep(REOPENING_MILLIS);
      }
    }
    server.tasks().handover().keep();
    try {
      server.sessions().stay();
      relay.undo(server.sessions());
      server.reclaimControl();
    } catch (IOException | StoreException e) {
      Log.failure("handover", e);
    }
    synchronized (this) {
      giving = false;
      passed.clear();
      given.clear();
    }
    server.stay();
    tell(Severity.WARNING, "another process did not take over: this one goes on", Map.of());
  }

  private void heard(Frame frame) throws IOException {
    Finisher leftovers = server.sessions().leftovers();
    DataInputStream body = frame.open();
    switch (frame.type()) {
      case SERVING -> serving.complete(null);
      case ANSWERED -> {
        String session = body.readUTF();
        if (new StrictDecoder().decode(Frame.bytes(body))
            instanceof Decoded.Valid(Message.Response(var id, var reply))) {
          leftovers.answered(session, id, reply);
        }
      }
      case CANCELLED -> leftovers.cancelled(body.readUTF(), Ids.read(body));
      case ENDED -> leftovers.ended(body.readUTF());
      case CANCEL_TASK -> server.tasks().cancel(body.readUTF());
      default -> throw new IOException("unexpected " + frame.type());
    }
  }

  private void finish() throws InterruptedException {
    var _ = server.awaitPassage(Limits.DRAIN);
    awaitGiven();
    awaitTasks();
    // What has not ended by now the other process ends itself, as it sees us go.
    server.tasks().handover().keep();
    server.stop();
    try {
      link.send(Frame.of(Frame.Type.BYE));
    } catch (IOException e) {
      // It notices the end without it.
    }
  }

  private void tell(Severity severity, String text, Map<String, String> facts) {
    server.events().add(severity, "handover", "handover", text, facts);
  }
}
