package dev.plumbline.server.transport;

import dev.plumbline.server.limit.Flow;
import dev.plumbline.server.limit.MessageKind;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What one duplex peer is told, in order. Few messages are with the wire at a time; the rest waits
 * here, where it can still give way ({@link MessageKind}). Every message holds a permit of the
 * connection, so never more wait than may. Safe for any number of threads.
 */
final class Outbox {
  /** So many messages are with the wire at once: enough that it never runs dry. */
  private static final int WINDOW = 64;

  /** Most of what waits must wait here, where it can give way. */
  private static final int PART_WITH_WIRE = 4;

  private static final boolean PERMIT_OF_ITS_OWN = true;

  /** A message that waits, or is being written. */
  private record Waiting(
      MessageKind kind,
      List<byte[]> lines,
      int length,
      boolean ownPermit,
      CompletableFuture<Boolean> written) {}

  private final Outlet outlet;
  private final Flow flow;
  private final Duration stall;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Waiting> queue = new ArrayDeque<>();
  private final Set<ByteBuffer> news = new HashSet<>();
  private int writing;
  private boolean handing;

  /**
   * An empty outbox.
   *
   * @param stall how long whoever cannot be put off waits for room
   */
  Outbox(Outlet outlet, Flow flow, Duration stall) {
    this.outlet = outlet;
    this.flow = flow;
    this.stall = stall;
  }

  /** What waits for the peer. */
  Flow flow() {
    return flow;
  }

  boolean open() {
    return outlet.open();
  }

  /**
   * Says a response whose place was kept when its request was taken on; never waits.
   *
   * @return true once it is written, false when the peer is gone
   */
  CompletableFuture<Boolean> answer(List<byte[]> lines) {
    CompletableFuture<Boolean> written = new CompletableFuture<>();
    lock.lock();
    try {
      add(new Waiting(MessageKind.RESPONSE, lines, length(lines), !PERMIT_OF_ITS_OWN, written));
    } finally {
      lock.unlock();
    }
    return written;
  }

  /**
   * Says a message, gives it away by the policy of its kind, or waits until it can be said.
   *
   * @return false when it cannot be: the peer is gone, or has read nothing for too long
   */
  boolean say(MessageKind kind, byte[] message) throws InterruptedException {
    long end = System.nanoTime() + stall.toNanos();
    lock.lockInterruptibly();
    try {
      while (outlet.open()) {
        if (settled(kind, message)) {
          return true;
        }
        long left = end - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        // A peer that does nothing wakes nobody: look again when it would be slow.
        long untilSlow = Math.max(flow.untilSlow().toNanos(), TimeUnit.MILLISECONDS.toNanos(1));
        var _ = changed.awaitNanos(flow.slow() ? left : Math.min(left, untilSlow));
      }
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** True when the message waits now, or nothing need be said. */
  private boolean settled(MessageKind kind, byte[] message) {
    if (kind == MessageKind.BEAT && flow.waiting() > 0) {
      flow.dropped(kind);
      return true;
    }
    if (kind == MessageKind.NEWS && news.contains(ByteBuffer.wrap(message))) {
      flow.coalesced();
      return true;
    }
    if (placed(kind, message)) {
      return true;
    }
    if (!flow.slow()) {
      return false;
    }
    flow.look();
    if (oldestGaveWay() && placed(kind, message)) {
      return true;
    }
    if (kind.givesWay()) {
      flow.dropped(kind);
      return true;
    }
    return false;
  }

  private boolean placed(MessageKind kind, byte[] message) {
    if (!flow.hasRoomFor(message.length) || !flow.permits().tryTake()) {
      return false;
    }
    add(
        new Waiting(
            kind, List.of(message), message.length, PERMIT_OF_ITS_OWN, new CompletableFuture<>()));
    return true;
  }

  private boolean oldestGaveWay() {
    Iterator<Waiting> oldestFirst = queue.iterator();
    while (oldestFirst.hasNext()) {
      Waiting waiting = oldestFirst.next();
      if (waiting.kind().givesWay()) {
        oldestFirst.remove();
        flow.withdrawn(waiting.length());
        flow.permits().giveBack();
        flow.dropped(waiting.kind());
        return true;
      }
    }
    return false;
  }

  private void add(Waiting waiting) {
    flow.added(waiting.length());
    if (waiting.kind() == MessageKind.NEWS) {
      news.add(ByteBuffer.wrap(waiting.lines().getFirst()));
    }
    queue.add(waiting);
    handOver();
  }

  /** Gives the wire as much as it may have; only under the lock. */
  private void handOver() {
    if (handing) {
      // The wire answered at once, while it was given something: the loop below goes on.
      return;
    }
    handing = true;
    try {
      int window = Math.clamp(flow.permits().cap() / PART_WITH_WIRE, 1, WINDOW);
      while (writing < window && !queue.isEmpty()) {
        Waiting next = queue.remove();
        if (next.kind() == MessageKind.NEWS) {
          news.remove(ByteBuffer.wrap(next.lines().getFirst()));
        }
        writing++;
        CompletableFuture<Boolean> last = CompletableFuture.completedFuture(true);
        for (byte[] line : next.lines()) {
          last = outlet.write(line);
        }
        var _ = last.whenComplete((done, _) -> written(next, Boolean.TRUE.equals(done)));
      }
    } finally {
      handing = false;
    }
  }

  private void written(Waiting done, boolean reached) {
    lock.lock();
    try {
      writing--;
      flow.removed(done.length());
      if (done.ownPermit()) {
        flow.permits().giveBack();
      }
      handOver();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    // Outside the lock: whoever waits for this may give back a permit, or say more.
    done.written().complete(reached);
  }

  /** Wakes whoever waits for room: a place that was kept is free again. */
  void roomMade() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private static int length(List<byte[]> lines) {
    return lines.stream().mapToInt(line -> line.length).sum();
  }
}
