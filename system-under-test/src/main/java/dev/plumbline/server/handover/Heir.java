package dev.plumbline.server.handover;

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
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The part of the process that comes: {@link #find}, {@link #prepare}, {@link #take}, {@link
 * #arrive}, {@link #serve}. Whatever fails before the last leaves the other process as it was, as
 * soon as this one is closed.
 */
public final class Heir implements AutoCloseable, Finisher {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Link link;
  private final Path path;
  private final int format;
  private final Map<String, Integer> sockets = new HashMap<>();
  private final List<Frame> early = new ArrayList<>();
  private @Nullable Welcome welcome;
  private @Nullable Descriptors descriptors;
  private @Nullable Arrivals arrivals;

  private Heir(Link link, Path path, int format) {
    this.link = link;
    this.path = path;
    this.format = format;
  }

  /** The process that listens there; empty when there is none. */
  public static Optional<Heir> find(Path path) {
    return find(path, RecordCodec.CURRENT);
  }

  /** The same for a process that knows records up to this version. */
  static Optional<Heir> find(Path path, int format) {
    try {
      SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX);
      try {
        socket.connect(UnixDomainSocketAddress.of(path));
      } catch (IOException e) {
        socket.close();
        return Optional.empty();
      }
      return Optional.of(new Heir(new Link(socket), path, format));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * Gets the listening sockets; the other process goes on as before.
   *
   * @param wanted the ports this process was told to listen on, by name; a name that is missing, or
   *     port 0, is content with any
   * @throws HandoverException when the two do not fit together
   */
  public Map<String, Integer> prepare(Map<String, OptionalInt> wanted) throws HandoverException {
    try {
      link.send(Welcome.hello(format));
      Welcome said = Welcome.of(link.expect(PATIENCE));
      check(said.ports(), wanted);
      Descriptors opened = Descriptors.taking(HandoverDoor.descriptors(path));
      descriptors = opened;
      welcome = said;
      for (String name : said.ports().keySet()) {
        sockets.put(name, opened.take());
      }
      return Map.copyOf(sockets);
    } catch (IOException e) {
      throw new HandoverException("the process that listens on " + path + " does not hand over", e);
    }
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

  /** What the processes share. */
  public ServerSecret secret() {
    if (welcome == null) {
      throw new IllegalStateException("not prepared");
    }
    return welcome.secret();
  }

  /** Stops the other process from accepting, and gets every session. Its store is closed now. */
  public List<SessionRecord> take() throws HandoverException {
    try {
      link.send(Frame.of(Frame.Type.TAKE));
      List<SessionRecord> sessions = new ArrayList<>();
      Frame next = link.expect(PATIENCE);
      while (next.type() == Frame.Type.SESSION || next.type() == Frame.Type.CALL) {
        if (next.type() == Frame.Type.SESSION) {
          sessions.add(RecordCodec.decode(next.body()));
        } else {
          // A request that is still under way there asks already: its answer has to wait.
          early.add(next);
        }
        next = link.expect(PATIENCE);
      }
      if (next.type() != Frame.Type.SESSIONS_END) {
        throw new IOException("expected SESSIONS_END");
      }
      return sessions;
    } catch (IOException e) {
      throw new HandoverException("the running process did not tell its sessions", e);
    }
  }

  /** Goes on with the sessions; how many live here now. */
  public int arrive(Sessions sessions, List<SessionRecord> records) throws HandoverException {
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
        heard(here, frame);
      }
    } catch (IOException e) {
      throw new HandoverException("the running process cannot be understood", e);
    }
    early.clear();
    link.listen(frame -> heard(here, frame), here::over);
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
    sockets.clear();
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

  private void heard(Arrivals here, Frame frame) throws IOException {
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
      case FINISHED -> here.finished(body.readUTF(), body.readLong());
      case BYE -> throw new IOException("finished");
      default -> throw new IOException("unexpected " + frame.type());
    }
  }

  private void reply(Arrivals here, long number, byte[] question) {
    try {
      byte[] answer = Calls.answer(here, question, welcome == null ? format : welcome.format());
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
