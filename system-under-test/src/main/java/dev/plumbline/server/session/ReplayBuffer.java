package dev.plumbline.server.session;

import dev.plumbline.server.limit.Limits;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;

/**
 * The newest messages of one stream, numbered from 1 without a hole; bounded by number, by bytes,
 * and by the budget of all streams. Not safe for threads: its stream holds the lock.
 */
final class ReplayBuffer {
  /**
   * One message.
   *
   * @param number its place in the stream
   * @param data the encoded message
   */
  @SuppressWarnings("ArrayRecordComponent") // written once, never compared
  record Message(long number, byte[] data) {}

  private final ReplayBudget budget;
  private final Deque<Message> kept = new ArrayDeque<>();
  private long bytes;
  private long last;

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
    return number >= last - kept.size() && number <= last;
  }

  /** The message after this number; empty when there is none, or it is lost. */
  Optional<Message> after(long number) {
    if (number >= last || !reaches(number)) {
      return Optional.empty();
    }
    // Whoever follows the stream asks for the newest; whoever replays starts further back.
    Iterator<Message> newestFirst = kept.descendingIterator();
    while (newestFirst.hasNext()) {
      Message message = newestFirst.next();
      if (message.number() == number + 1) {
        return Optional.of(message);
      }
    }
    return Optional.empty();
  }

  void add(byte[] data) {
    last++;
    while (!kept.isEmpty()
        && (kept.size() == Limits.MAX_KEPT_EVENTS || bytes + data.length > Limits.MAX_KEPT_BYTES)) {
      forgetOldest();
    }
    while (!budget.tryTake(data.length)) {
      if (kept.isEmpty()) {
        return;
      }
      forgetOldest();
    }
    kept.add(new Message(last, data));
    bytes += data.length;
  }

  void clear() {
    budget.giveBack(bytes);
    bytes = 0;
    kept.clear();
  }

  private void forgetOldest() {
    int length = kept.removeFirst().data().length;
    bytes -= length;
    budget.giveBack(length);
  }
}
