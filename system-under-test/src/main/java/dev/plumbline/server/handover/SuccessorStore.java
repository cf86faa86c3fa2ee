package dev.plumbline.server.handover;

import dev.plumbline.server.session.store.RecordCodec;
import dev.plumbline.server.session.store.SessionRecord;
import dev.plumbline.server.session.store.SessionStore;
import dev.plumbline.server.session.store.StoreException;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The sessions of the process that goes on with them, for the one that finishes requests: what
 * those change is kept there before it is acknowledged. Time passes there, too: nothing expires
 * here.
 */
final class SuccessorStore implements SessionStore {
  /** The other process may still be taking the sessions over. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Link link;
  private final int format;

  SuccessorStore(Link link, int format) {
    this.link = link;
    this.format = format;
  }

  @Override
  public String kind() {
    return "successor";
  }

  @Override
  public boolean shared() {
    return true;
  }

  @Override
  public String window() {
    return "that of the process that goes on";
  }

  private DataInputStream call(Calls.Question question, Frame.Body body) {
    try {
      DataInputStream answer =
          new DataInputStream(
              new ByteArrayInputStream(link.call(Calls.ask(question, body), PATIENCE)));
      answer.mark(1);
      if (answer.readUnsignedByte() == Calls.TROUBLE) {
        throw new StoreException(StoreException.Kind.valueOf(answer.readUTF()), answer.readUTF());
      }
      answer.reset();
      return answer;
    } catch (IOException e) {
      throw gone(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw gone(e);
    }
  }

  private static StoreException gone(Exception e) {
    return new StoreException(
        StoreException.Kind.UNAVAILABLE, "the process that goes on does not answer", e);
  }

  private boolean yes(Calls.Question question, Frame.Body body) {
    try {
      return call(question, body).readUnsignedByte() == Calls.YES;
    } catch (IOException e) {
      throw gone(e);
    }
  }

  @Override
  public void create(SessionRecord session) {
    byte[] bytes = RecordCodec.encode(session, format);
    var _ = yes(Calls.Question.CREATE, out -> Frame.bytes(out, bytes));
  }

  @Override
  public boolean update(SessionRecord session) {
    byte[] bytes = RecordCodec.encode(session, format);
    return yes(Calls.Question.UPDATE, out -> Frame.bytes(out, bytes));
  }

  @Override
  public Optional<SessionRecord> find(String id) {
    try {
      DataInputStream answer = call(Calls.Question.FIND, out -> out.writeUTF(id));
      return answer.readUnsignedByte() == Calls.YES
          ? Optional.of(RecordCodec.decode(Frame.bytes(answer)))
          : Optional.empty();
    } catch (IOException e) {
      throw gone(e);
    }
  }

  @Override
  public OptionalLong changes(String id) {
    try {
      DataInputStream answer = call(Calls.Question.CHANGES, out -> out.writeUTF(id));
      return answer.readUnsignedByte() == Calls.YES
          ? OptionalLong.of(answer.readLong())
          : OptionalLong.empty();
    } catch (IOException e) {
      throw gone(e);
    }
  }

  @Override
  public Map<String, Long> changes(Collection<String> ids) {
    Map<String, Long> known = new HashMap<>();
    ids.forEach(id -> changes(id).ifPresent(changes -> known.put(id, changes)));
    return known;
  }

  @Override
  public boolean delete(String id) {
    return yes(Calls.Question.DELETE, out -> out.writeUTF(id));
  }

  @Override
  public boolean deleteUnused(String id, long changes, Instant usedBefore) {
    return false;
  }

  @Override
  public void touch(Map<String, Instant> used) {}

  @Override
  public List<String> expire(Instant openedBefore, Instant usedBefore, int atMost) {
    return List.of();
  }

  @Override
  public List<SessionRecord> all() {
    return List.of();
  }

  @Override
  public int count() {
    return 0;
  }

  @Override
  public void close() {}
}
