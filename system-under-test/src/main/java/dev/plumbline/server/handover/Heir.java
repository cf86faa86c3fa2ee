package dev.plumbline.server.handover;

import dev.plumbline.server.feature.task.TaskRecord;
import dev.plumbline.server.feature.task.Tasks;
import dev.plumbline.server.limit.MessageKind;
import dev.plumbline.server.observe.Log;
import dev.plumbline.server.protocol.Encoder;
import dev.plumbline.server.protocol.Reply;
import dev.plumbline.server.protocol.RequestId;
import dev.plumbline.server.round.ServerSecret;
import dev.plumbline.server.session.Arrivals;
import dev.plumbline.server.session.Finisher;
import dev.plumbline.server.session.Sessions;
import dev.plumbline.server.session.store.RecordCodec;
import dev.plumbline.server.session.store.SessionRecord;
import dev.plumbline.server.session.store.StreamRecord;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The part of the process that comes: {@link #find}, {@link #prepare}, {@link #take}, {@link
 * #arrive}, {@link #serve}. Whatever fails before the last leaves the other process as it was, as
 * soon as this one is closed.
 */
public final class Heir implements AutoCloseable, Finisher {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** A handover takes no longer, whatever the other process still has to finish. */
  public static final Duration TURN = Duration.ofSeconds(60);

  /** A process that has handed over may be gone before its successor can be found. */
  private static final Duration SUCCESSOR = Duration.ofSeconds(5);

  private static final long LOOK_MILLIS = 50;

  private final Link link;
  private final Path path;
  private final Welcome welcome;
  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private final Map<String, Integer> sockets = new HashMap<>();
  private final List<Frame> early = new ArrayList<>();
  private OperatorState operators;
  private @Nullable Descriptors descriptors;
  private @Nullable Arrivals arrivals;

  private Heir(Link link, Path path, Welcome welcome) {
    this.link = link;
    this.path = path;
    this.welcome = welcome;
    this.operators = welcome.operators();
  }

  /**
   * The process that listens there, as soon as it can hand over; empty when there is none.
   *
   * @param format the newest version of records that this process knows
   * @param turn how long it is waited for the end of another handover, {@link #TURN}
   * @throws HandoverException when it cannot hand over, or not within that time
   */
  public static Optional<Heir> find(Path path, int format, Duration turn) throws HandoverException {
    long end = System.nanoTime() + turn.toNanos();
    long met = 0;
    while (true) {
      Optional<Link> link = connect(path);
      if (link.isPresent()) {
        met = System.nanoTime();
        Optional<Heir> heir = greet(link.get(), path, format, end);
        if (heir.isPresent()) {
          return heir;
        }
      } else if (met == 0 || System.nanoTime() - met > SUCCESSOR.toNanos()) {
        return Optional.empty();
      }
      if (System.nanoTime() >= end) {
        throw new HandoverException(
            "the server at "
                + path
                + " is busy with another handover, which has not finished within "
                + turn.toSeconds()
                + " s: start this one again when it has");
      }
      pause();
    }
  }

  private static Optional<Link> connect(Path path) {
    try {
      SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX);
      try {
        socket.connect(UnixDomainSocketAddress.of(path));
      } catch (IOException e) {
        socket.close();
        return Optional.empty();
      }
      return Optional.of(new Link(socket));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Empty when it went away, or did not answer in time: it may have a successor by now. */
  private static Optional<Heir> greet(Link link, Path path, int format, long end)
      throws HandoverException {
    try {
      link.send(Welcome.hello(format));
      Duration left = Duration.ofNanos(Math.max(1, end - System.nanoTime()));
      return Optional.of(new Heir(link, path, Welcome.of(link.expect(left))));
    } catch (ProtocolException e) {
      link.close();
      throw new HandoverException("the process that listens on " + path + " does not hand over", e);
    } catch (HandoverException e) {
      link.close();
      throw e;
    } catch (IOException e) {
      link.close();
      return Optional.empty();
    }
  }

  private static void pause() throws HandoverException {
    try {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HandoverException("interrupted while waiting for another handover", e);
    }
  }

  /**
   * Gets the listening sockets; the other process goes on as before.
   *
   * @param wanted the ports this process was told to listen on, by name; a name that is missing, or
   *     port 0, is content with any
   * @param store where this process was told to keep sessions, as it may be shown
   * @throws HandoverException when the two do not fit together
   */
  public Map<String, Integer> prepare(Map<String, OptionalInt> wanted, String store)
      throws HandoverException {
    try {
      check(welcome.ports(), wanted);
      check(welcome.store(), store);
      Descriptors opened = Descriptors.taking(HandoverDoor.descriptors(path));
      descriptors = opened;
      for (String name : welcome.ports().keySet()) {
        sockets.put(name, opened.take());
      }
      return Map.copyOf(sockets);
    } catch (IOException e) {
      throw new HandoverException("the process that listens on " + path + " does not hand over", e);
    }
  }

  /** The listening sockets are those of a server from now on, which closes them. */
  public void leaveSockets() {
    sockets.clear();
  }

  /** Completed when the other process has finished, or is gone. */
  public CompletableFuture<Void> over() {
    return over;
  }

  private void check(SortedMap<String, Integer> ports, Map<String, OptionalInt> wanted)
      throws HandoverException {
    for (Map.Entry<String, Integer> socket : ports.entrySet()) {
      OptionalInt port = wanted.getOrDefault(socket.getKey(), OptionalInt.empty());
      if (port.isPresent() && port.getAsInt() != 0 && port.getAsInt() != socket.getValue()) {
        throw new HandoverException(
            "the running process listens on "
                + socket.getKey()
                + " port "
                + socket.getValue()
                + ", not "
                + port.getAsInt()
                + ": name the same ports, or another --handover");
      }
    }
  }

  /** Sessions would live on in another place than whoever operates the server believes. */
  private static void check(String theirs, String ours) throws HandoverException {
    if (!theirs.isEmpty() && !theirs.equals(ours)) {
      throw new HandoverException(
          "the running process keeps its sessions in "
              + theirs
              + ", not in "
              + ours
              + ": name the same --store, or stop it first");
    }
  }

  /** What operators decided since that process was started; all of it after {@link #take}. */
  public OperatorState operators() {
    return operators;
  }

  /** What the processes share. */
  public ServerSecret secret() {
    return welcome.secret();
  }

  /** Stops the other process from accepting, and gets every session. Its store is closed now. */
  public List<SessionRecord> take() throws HandoverException {
    try {
      link.send(Frame.of(Frame.Type.TAKE));
      List<SessionRecord> sessions = new ArrayList<>();
      Frame next = link.expect(PATIENCE);
      while (next.type() != Frame.Type.SESSIONS_END) {
        switch (next.type()) {
          case SESSION -> sessions.add(RecordCodec.decode(next.body()));
          // A request that is still under way there asks already, and tasks need their sessions.
          case CALL, TASK -> early.add(next);
          default -> throw new IOException("expected SESSIONS_END");
        }
        next = link.expect(PATIENCE);
      }
      operators = welcome.operators(next);
      return sessions;
    } catch (IOException e) {
      throw new HandoverException("the running process did not tell its sessions", e);
    }
  }

  /** Goes on with the sessions and their tasks; how many sessions live here now. */
  public int arrive(Sessions sessions, Tasks tasks, List<SessionRecord> records)
      throws HandoverException {
    Arrivals here = sessions.arrivals(this);
    int taken = here.take(records);
    arrivals = here;
    try {
      link.send(Frame.of(Frame.Type.IMPORTED));
    } catch (IOException e) {
      throw new HandoverException("the running process has gone", e);
    }
    try {
      for (Frame frame : early) {
        heard(here, tasks, frame);
      }
    } catch (IOException e) {
      throw new HandoverException("the running process cannot be understood", e);
    }
    early.clear();
    link.listen(
        frame -> heard(here, tasks, frame),
        () -> {
          here.over();
          tasks.handover().over();
          over.complete(null);
        });
    return taken;
  }

  /**
   * Says that this process accepts connections, and takes those of the other one from now on.
   *
   * @param adopt goes on with a connection
   */
  public void serve(IntConsumer adopt) throws HandoverException {
    Descriptors open = descriptors;
    if (open == null || arrivals == null) {
      throw new IllegalStateException("not prepared");
    }
    try {
      link.send(Frame.of(Frame.Type.SERVING));
    } catch (IOException e) {
      throw new HandoverException("the running process has gone", e);
    }
    var _ =
        Thread.ofVirtual()
            .name("handover-connections")
            .start(
                () -> {
                  try {
                    int next = open.takeLater();
                    while (next >= 0) {
                      adopt.accept(next);
                      next = open.takeLater();
                    }
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  } finally {
                    open.close();
                  }
                });
  }

  private void heard(Arrivals here, Tasks tasks, Frame frame) throws IOException {
    DataInputStream body = frame.open();
    switch (frame.type()) {
      case CALL -> {
        long number = body.readLong();
        byte[] question = Frame.bytes(body);
        // A store may make it wait; the others must not.
        var _ = Thread.ofVirtual().start(() -> reply(here, number, question));
      }
      case POSTED -> here.posted(body.readUTF(), Frame.bytes(body));
      case BEGAN ->
          here.began(
              body.readUTF(), new StreamRecord(body.readLong(), false, false, 0, 0, List.of()));
      case SAID ->
          here.said(
              body.readUTF(),
              body.readLong(),
              MessageKind.valueOf(body.readUTF()),
              Frame.bytes(body));
      case TASK -> {
        TaskRecord task = TaskFrames.read(body);
        tasks.handover().take(task, () -> cancelTask(task.id()));
      }
      case FINISHED -> here.finished(body.readUTF(), body.readLong());
      case BYE -> throw new IOException("finished");
      default -> throw new IOException("unexpected " + frame.type());
    }
  }

  private void reply(Arrivals here, long number, byte[] question) {
    try {
      byte[] answer = Calls.answer(here, question, welcome.format());
      link.send(
          Frame.of(
              Frame.Type.REPLY,
              out -> {
                out.writeLong(number);
                Frame.bytes(out, answer);
              }));
    } catch (IOException e) {
      Log.failure("handover", e);
    }
  }

  /** Whoever cancels holds the task's lock: it must not wait for the other process. */
  private void cancelTask(String id) {
    var _ =
        Thread.ofVirtual()
            .start(() -> tell(Frame.of(Frame.Type.CANCEL_TASK, out -> out.writeUTF(id))));
  }

  private void tell(Frame frame) {
    try {
      link.send(frame);
    } catch (IOException e) {
      // The other process has finished: nobody there waits for it.
    }
  }

  @Override
  public void answered(String session, RequestId id, Reply reply) {
    tell(
        Frame.of(
            Frame.Type.ANSWERED,
            out -> {
              out.writeUTF(session);
              Frame.bytes(out, Encoder.encode(id, reply));
            }));
  }

  @Override
  public void cancelled(String session, RequestId id) {
    tell(
        Frame.of(
            Frame.Type.CANCELLED,
            out -> {
              out.writeUTF(session);
              Ids.write(out, id);
            }));
  }

  @Override
  public void ended(String session) {
    tell(Frame.of(Frame.Type.ENDED, out -> out.writeUTF(session)));
  }

  /** Gives up: the other process goes on. Has no effect on what was taken over for good. */
  @Override
  public void close() {
    link.close();
    sockets.values().forEach(Descriptors::drop);
    sockets.clear();
    if (descriptors != null) {
      descriptors.close();
    }
  }
}
