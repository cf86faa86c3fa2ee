package dev.plumbline.perf.flood;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Sends prepared requests at their intended times over a fixed number of connections, all on the
 * thread that calls. Requests that no connection is free for wait, and their wait counts; those
 * that wait or are unanswered beyond the deadline are given up. What time is taken for a reading of
 * the clock is at most {@link #NAP} old.
 */
public final class Flood implements AutoCloseable {
  /** No more connections at a time. */
  public static final int MAX_CONNECTIONS = 8_192;

  /** The loop sleeps so long when nothing is to be done: a reading is this coarse. */
  public static final Duration NAP = Duration.ofNanos(50_000);

  /** So many connections are opened before the next ones. */
  private static final int OPENING = 128;

  private static final Duration OPEN_WITHIN = Duration.ofSeconds(20);

  /** Time between setting up and the first intended start. */
  private static final Duration LEAD = Duration.ofMillis(5);

  private static final int DETAIL_BYTES = 200;

  private final Duration deadline;
  private final Selector selector;
  private final List<FloodConnection> connections = new ArrayList<>();
  private final Queue<FloodConnection> free = new ArrayDeque<>();
  private final ByteBuffer shared = ByteBuffer.allocateDirect(Reply.MAX_BYTES);
  private final byte[] bytes = new byte[Reply.MAX_BYTES];
  private @Nullable IOException refused;
  private long sentEver;
  private int inFlight;
  private @Nullable FloodConnection oldest;
  private @Nullable FloodConnection newest;
  private long start;
  private Tally tally = new Tally(Duration.ofSeconds(1), Duration.ofSeconds(1));

  /**
   * @param server where to connect
   * @param requests what to send; each connection sends one of them, in turn
   * @param width how many connections
   * @param deadline how long a request may wait for a connection, and then for its answer
   */
  public Flood(InetSocketAddress server, List<Request> requests, int width, Duration deadline)
      throws IOException {
    if (width < 1 || width > MAX_CONNECTIONS || requests.isEmpty()) {
      throw new IllegalArgumentException("1 to " + MAX_CONNECTIONS + " connections are possible");
    }
    this.deadline = deadline;
    this.selector = Selector.open();
    for (int i = 0; i < width; i++) {
      Prepared prepared = requests.get(i % requests.size()).prepare(server);
      connections.add(new FloodConnection(server, selector, prepared));
    }
  }

  /**
   * Opens every connection.
   *
   * @throws IOException when one cannot be opened
   */
  public void open() throws IOException {
    long limit = System.nanoTime() + OPEN_WITHIN.toNanos();
    refused = null;
    for (int from = 0; from < connections.size(); from += OPENING) {
      List<FloodConnection> batch =
          connections.subList(from, Math.min(connections.size(), from + OPENING));
      for (FloodConnection connection : batch) {
        connection.open();
      }
      while (!batch.stream().allMatch(FloodConnection::isConnected)) {
        if (refused != null) {
          throw refused;
        }
        if (System.nanoTime() > limit) {
          throw new IOException("the server did not take " + connections.size() + " connections");
        }
        selector.select(this::connect, 10);
      }
    }
    free.clear();
    connections.forEach(connection -> release(connection, Long.MIN_VALUE));
  }

  private void release(FloodConnection connection, long now) {
    connection.free(now);
    free.add(connection);
  }

  private void connect(SelectionKey key) {
    try {
      ((FloodConnection) key.attachment()).connected(key);
    } catch (IOException e) {
      key.cancel();
      refused = e;
    }
  }

  /**
   * Floods to the end of the arrivals, then waits for what is unanswered.
   *
   * @param interval how finely counts and times are kept
   * @throws IOException when the selector fails; never for what the server does
   */
  public Tally run(Arrivals arrivals, Duration interval) throws IOException, InterruptedException {
    tally = new Tally(arrivals.length(), interval);
    start = System.nanoTime() + LEAD.toNanos();
    long length = arrivals.length().toNanos();
    long count = arrivals.count();
    long next = 0;
    while (true) {
      long now = System.nanoTime() - start;
      next = sendDue(arrivals, next, count, now, length);
      boolean over = arrivals.isOpen() ? next >= count : now >= length;
      if (over && inFlight == 0) {
        return tally;
      }
      expire(now);
      selector.selectNow(this::serve);
      nap();
    }
  }

  /** In every turn: work comes in handfuls, and others on this processor get their share. */
  private static void nap() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    LockSupport.parkNanos(NAP.toNanos());
  }

  private long sendDue(Arrivals arrivals, long from, long count, long now, long length) {
    long next = from;
    while (next < count && inFlight < arrivals.inFlight()) {
      long due = arrivals.isOpen() ? arrivals.dueNanos(next) : now;
      if (due > now || due >= length) {
        break;
      }
      FloodConnection connection = free.peek();
      if (connection == null) {
        if (now - due <= deadline.toNanos()) {
          break;
        }
        tally.count(Fate.NOT_SENT, due, now, now);
      } else {
        free.remove();
        send(connection, due);
      }
      next++;
    }
    return next;
  }

  private void send(FloodConnection connection, long due) {
    long now = System.nanoTime() - start;
    // Waiting for a connection that the server keeps busy is the server's time.
    tally.late(due, now - Math.max(due, connection.freeNanos()));
    inFlight++;
    link(connection);
    try {
      connection.send(sentEver++, due, now);
    } catch (IOException e) {
      fail(connection, Fate.CLOSED, e.getMessage());
    }
  }

  private void serve(SelectionKey key) {
    FloodConnection connection = (FloodConnection) key.attachment();
    if (key.isConnectable()) {
      reconnected(connection, key);
      return;
    }
    try {
      if (key.isWritable()) {
        connection.write();
      }
      if (key.isReadable()) {
        read(connection);
      }
    } catch (IOException e) {
      fail(connection, Fate.CLOSED, e.getMessage());
    }
  }

  /** A connection that cannot be had again stays closed: the server is gone or full. */
  private void reconnected(FloodConnection connection, SelectionKey key) {
    try {
      if (connection.connected(key)) {
        release(connection, System.nanoTime() - start);
      }
    } catch (IOException e) {
      tally.detail("no connection: " + e.getMessage());
      connection.close();
    }
  }

  private void read(FloodConnection connection) throws IOException {
    Fate fate = connection.read(shared, bytes);
    if (fate == null) {
      return;
    }
    long now = System.nanoTime() - start;
    inFlight--;
    unlink(connection);
    tally.count(fate, connection.dueNanos(), connection.sentNanos(), now);
    if (fate == Fate.WRONG) {
      tally.detail(new String(bytes, 0, DETAIL_BYTES, StandardCharsets.ISO_8859_1).strip());
    }
    release(connection, now);
  }

  /** The oldest unanswered request comes first: nothing behind the first that may wait is due. */
  private void expire(long now) {
    for (FloodConnection first = oldest;
        first != null && now - first.sentNanos() > deadline.toNanos();
        first = oldest) {
      fail(first, Fate.TIMED_OUT, "no answer after " + deadline.toMillis() + " ms");
    }
  }

  private void fail(FloodConnection connection, Fate fate, @Nullable String why) {
    if (connection.isBusy()) {
      long now = System.nanoTime() - start;
      inFlight--;
      unlink(connection);
      tally.count(fate, connection.dueNanos(), connection.sentNanos(), now);
      tally.detail(fate.meaning() + ": " + why);
    } else {
      free.remove(connection);
    }
    try {
      connection.open();
      if (connection.isConnected()) {
        release(connection, System.nanoTime() - start);
      }
    } catch (IOException e) {
      tally.detail("no connection: " + e.getMessage());
    }
  }

  private void link(FloodConnection connection) {
    connection.before = newest;
    connection.after = null;
    if (newest != null) {
      newest.after = connection;
    } else {
      oldest = connection;
    }
    newest = connection;
  }

  private void unlink(FloodConnection connection) {
    FloodConnection before = connection.before;
    FloodConnection after = connection.after;
    if (before != null) {
      before.after = after;
    } else {
      oldest = after;
    }
    if (after != null) {
      after.before = before;
    } else {
      newest = before;
    }
    connection.before = null;
    connection.after = null;
  }

  @Override
  public void close() throws IOException {
    connections.forEach(FloodConnection::close);
    selector.close();
  }
}
