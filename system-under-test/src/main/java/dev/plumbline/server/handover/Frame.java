package dev.plumbline.server.handover;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ProtocolException;

/**
 * One message between two processes that hand over.
 *
 * @param type what it says
 * @param body what it carries; its form belongs to the type
 */
@SuppressWarnings("ArrayRecordComponent") // written once, never compared
record Frame(Type type, byte[] body) {
  /** The longest body: a session with all that its streams keep fits. */
  static final int MAX_BODY_BYTES = 64 << 20;

  /** What a frame says; the names are on the wire. */
  enum Type {
    /** New: who I am, JSON. */
    HELLO,
    /** Old: what you will get, JSON; then the listening sockets. */
    WELCOME,
    /** Old: we do not understand each other, text. */
    REFUSED,
    /** New: I am ready; stop accepting and tell me everything. */
    TAKE,
    /** Old: one session, a record. */
    SESSION,
    /** Old: where a task stands, see {@code Tasks}; before and after the sessions' end. */
    TASK,
    /** New: the client of a task wants it to end. */
    CANCEL_TASK,
    /** Old: that was all; with what operators decided, JSON. */
    SESSIONS_END,
    /** New: I have them. */
    IMPORTED,
    /** New: I accept connections now. */
    SERVING,
    /** Old: a question about sessions. */
    CALL,
    /** New: its answer. */
    REPLY,
    /** Old: see {@code Relay}. */
    POSTED,
    /** Old: see {@code Relay}. */
    BEGAN,
    /** Old: see {@code Relay}. */
    SAID,
    /** Old: see {@code Relay}. */
    FINISHED,
    /** New: see {@code Finisher}. */
    ANSWERED,
    /** New: see {@code Finisher}. */
    CANCELLED,
    /** New: see {@code Finisher}. */
    ENDED,
    /** Old: I have finished. */
    BYE
  }

  private static final byte[] NOTHING = new byte[0];

  static Frame of(Type type) {
    return new Frame(type, NOTHING);
  }

  /** Writes a body. */
  @FunctionalInterface
  interface Body {
    void write(DataOutputStream out) throws IOException;
  }

  static Frame of(Type type, Body body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      body.write(out);
    } catch (IOException e) {
      // Nothing here writes to anything but memory.
      throw new UncheckedIOException(e);
    }
    return new Frame(type, bytes.toByteArray());
  }

  DataInputStream open() {
    return new DataInputStream(new ByteArrayInputStream(body));
  }

  void write(DataOutputStream out) throws IOException {
    out.writeInt(body.length);
    out.writeUTF(type.name());
    out.write(body);
    out.flush();
  }

  static Frame read(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > MAX_BODY_BYTES) {
      throw new ProtocolException("not a frame of a handover");
    }
    Type type = named(in.readUTF());
    byte[] body = new byte[length];
    in.readFully(body);
    return new Frame(type, body);
  }

  private static Type named(String name) throws IOException {
    try {
      return Type.valueOf(name);
    } catch (IllegalArgumentException e) {
      throw new ProtocolException("not a frame of a handover: " + e.getMessage());
    }
  }

  /** A byte array with its length. */
  static void bytes(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /** A byte array with its length. */
  static byte[] bytes(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new IOException("a frame is cut off");
    }
    return in.readNBytes(length);
  }
}
