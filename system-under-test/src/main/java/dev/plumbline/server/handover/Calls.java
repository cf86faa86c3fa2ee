package dev.plumbline.server.handover;

import dev.plumbline.server.session.Arrivals;
import dev.plumbline.server.session.store.RecordCodec;
import dev.plumbline.server.session.store.StoreException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;

/** The questions of a store that is another process, and who answers them there. */
final class Calls {
  /** What is asked; the names are on the wire. */
  enum Question {
    /** Keep this new session. */
    CREATE,
    /** Keep this change. */
    UPDATE,
    /** Which session is this? */
    FIND,
    /** How often was it changed? */
    CHANGES,
    /** End it. */
    DELETE
  }

  /** There is none, or it was not done. */
  static final int NO = 0;

  /** Here it is, or it was done. */
  static final int YES = 1;

  /** The store there says no. */
  static final int TROUBLE = 2;

  private Calls() {}

  static byte[] ask(Question question, Frame.Body body) {
    return Frame.of(
            Frame.Type.CALL,
            out -> {
              out.writeUTF(question.name());
              body.write(out);
            })
        .body();
  }

  /**
   * Answers one question; may block.
   *
   * @param format the version of records that the other process reads
   */
  static byte[] answer(Arrivals sessions, byte[] question, int format) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(question));
    try {
      answer(sessions, named(in.readUTF()), in, out, format);
    } catch (StoreException e) {
      bytes.reset();
      out.writeByte(TROUBLE);
      out.writeUTF(e.kind().name());
      out.writeUTF(String.valueOf(e.getMessage()));
    }
    return bytes.toByteArray();
  }

  private static Question named(String name) throws IOException {
    try {
      return Question.valueOf(name);
    } catch (IllegalArgumentException e) {
      throw new IOException("not a question of a handover", e);
    }
  }

  private static void answer(
      Arrivals sessions, Question question, DataInputStream in, DataOutputStream out, int format)
      throws IOException {
    switch (question) {
      case CREATE -> {
        var _ = sessions.take(List.of(RecordCodec.decode(Frame.bytes(in))));
        out.writeByte(YES);
      }
      case UPDATE -> out.writeByte(sessions.update(RecordCodec.decode(Frame.bytes(in))) ? YES : NO);
      case FIND -> {
        var found = sessions.find(in.readUTF());
        out.writeByte(found.isPresent() ? YES : NO);
        if (found.isPresent()) {
          Frame.bytes(out, RecordCodec.encode(found.get(), format));
        }
      }
      case CHANGES -> {
        var changes = sessions.changes(in.readUTF());
        out.writeByte(changes.isPresent() ? YES : NO);
        out.writeLong(changes.orElse(0));
      }
      case DELETE -> out.writeByte(sessions.delete(in.readUTF()) ? YES : NO);
    }
  }
}
