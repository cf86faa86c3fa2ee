package dev.plumbline.server.handover;

import dev.plumbline.server.feature.task.TaskRecord;
import dev.plumbline.server.limit.MessageKind;
import dev.plumbline.server.session.Relay;
import dev.plumbline.server.session.Sessions;
import dev.plumbline.server.session.store.StreamRecord;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Tells the process that goes on what happens to its sessions here; in order. */
final class LinkRelay implements Relay {
  private final Link link;

  /** What happened before the other process had the sessions; none once it has them. */
  private final List<Frame> early = new ArrayList<>();

  private boolean open;

  LinkRelay(Link link) {
    this.link = link;
  }

  /** The other process has the sessions. */
  synchronized void open() throws IOException {
    open = true;
    for (Frame frame : early) {
      link.send(frame);
    }
    early.clear();
  }

  /** Nobody took the sessions: what was told is told here. */
  synchronized void undo(Sessions sessions) throws IOException {
    for (Frame frame : early) {
      if (frame.type() == Frame.Type.POSTED) {
        DataInputStream body = frame.open();
        String id = body.readUTF();
        byte[] message = Frame.bytes(body);
        sessions.peek(id).ifPresent(session -> session.mailbox().post(message));
      }
    }
    early.clear();
  }

  private synchronized void tell(Frame frame) {
    if (!open) {
      early.add(frame);
      return;
    }
    try {
      link.send(frame);
    } catch (IOException e) {
      // The other process is gone, and with it whoever would have been told.
    }
  }

  /** Where a task stands. */
  void task(TaskRecord task) {
    tell(TaskFrames.of(task));
  }

  @Override
  public void posted(String session, byte[] message) {
    tell(
        Frame.of(
            Frame.Type.POSTED,
            out -> {
              out.writeUTF(session);
              Frame.bytes(out, message);
            }));
  }

  @Override
  public void began(String session, StreamRecord stream) {
    tell(
        Frame.of(
            Frame.Type.BEGAN,
            out -> {
              out.writeUTF(session);
              out.writeLong(stream.number());
            }));
  }

  @Override
  public void said(String session, long stream, MessageKind kind, byte[] message) {
    tell(
        Frame.of(
            Frame.Type.SAID,
            out -> {
              out.writeUTF(session);
              out.writeLong(stream);
              out.writeUTF(kind.name());
              Frame.bytes(out, message);
            }));
  }

  @Override
  public void finished(String session, long stream) {
    tell(
        Frame.of(
            Frame.Type.FINISHED,
            out -> {
              out.writeUTF(session);
              out.writeLong(stream);
            }));
  }
}
