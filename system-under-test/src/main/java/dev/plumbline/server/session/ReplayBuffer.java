package dev.plumbline.server.session;

import dev.plumbline.server.limit.Limits;
import dev.plumbline.server.limit.MessageKind;
import dev.plumbline.server.session.store.StreamRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The newest messages of one stream, numbered from 1; bounded by number, by bytes, and by the
 * budget of all streams. Where one must go, the oldest that gives way goes first, and nothing is
 * lost by that; only then the oldest of all. Not safe for threads: its stream holds the lock.
 */
final class ReplayBuffer {
  /**
   * One message.
   *
   * @param number its place in the stream
   * @param kind whether it may give way
   * @param data the encoded message
   */
  @SuppressWarnings("ArrayRecordComponent") // written once, never compared
  record Message(long number, MessageKind kind, byte[] data) {}

  private final ReplayBudget budget;
  private final Deque<Message> kept = new ArrayDeque<>();
  private long bytes;
  private long last;
  private long lost;
  private int givingWay;

  ReplayBuffer(ReplayBudget budget) {
    this.budget = budget;
  }

  /** The number of the newest message; 0 when there was none. */
  long last() {
    return last;
  }

  /** How many messages are kept. */
  int kept() {
    return kept.size();
  }

  /** True when nothing that came after this number is lost. */
  boolean reaches(long number) {
    return number >= lost && number <= last;
  }

  /** The message after this number; empty when there is none, or it is lost. */
  Optional<Message> after(long number) {
    if (number >= last || !reaches(number)) {
      return Optional.empty();
    }
    // Whoever follows the stream asks for the newest; whoever replays starts further back.
    Optional<Message> found = Optional.empty();
    Iterator<Message> newestFirst = kept.descendingIterator();
    while (newestFirst.hasNext()) {
      Message message = newestFirst.next();
      if (message.number() <= number) {
        break;
      }
      found = Optional.of(message);
    }
    return found;
  }

  /** Takes over what another buffer kept; only an empty one can. */
  void restore(StreamRecord other) {
    last = other.last();
    lost = other.lost();
    for (StreamRecord.Said said : other.messages()) {
      byte[] data = said.text().getBytes(StandardCharsets.UTF_8);
      if (!budget.tryTake(data.length)) {
        // No room: a client that comes back is told that it cannot go on without a gap.
        clear();
        return;
      }
      kept.add(new Message(said.number(), said.kind(), data));
      bytes += data.length;
      givingWay += said.kind().givesWay() ? 1 : 0;
    }
  }

  /** Up to this number something may be lost. */
  long lost() {
    return lost;
  }

  /** What is kept, oldest first. */
  List<StreamRecord.Said> all() {
    return kept.stream()
        .map(
            message ->
                new StreamRecord.Said(
                    message.number(),
                    message.kind(),
                    new String(message.data(), StandardCharsets.UTF_8)))
        .toList();
  }

  void add(MessageKind kind, byte[] data) {
    last++;
    while (!kept.isEmpty()
        && (kept.size() == Limits.MAX_KEPT_EVENTS || bytes + data.length > Limits.MAX_KEPT_BYTES)) {
      forgetOne();
    }
    while (!budget.tryTake(data.length)) {
      if (kept.isEmpty()) {
        lost = last;
        return;
      }
      forgetOne();
    }
    kept.add(new Message(last, kind, data));
    bytes += data.length;
    givingWay += kind.givesWay() ? 1 : 0;
  }

  void clear() {
    budget.giveBack(bytes);
    bytes = 0;
    givingWay = 0;
    lost = last;
    kept.clear();
  }

  private void forgetOne() {
    if (givingWay == 0) {
      Message oldest = kept.removeFirst();
      lost = oldest.number();
      forgotten(oldest);
      return;
    }
    Iterator<Message> oldestFirst = kept.iterator();
    while (oldestFirst.hasNext()) {
      Message message = oldestFirst.next();
      if (message.kind().givesWay()) {
        oldestFirst.remove();
        givingWay--;
        forgotten(message);
        return;
      }
    }
  }

  private void forgotten(Message message) {
    bytes -= message.data().length;
    budget.giveBack(message.data().length);
  }
}
