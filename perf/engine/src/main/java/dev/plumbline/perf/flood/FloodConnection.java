package dev.plumbline.perf.flood;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One keep-alive connection with at most one request on it; belongs to the flood's thread. */
final class FloodConnection {
  /** Neighbours in the order of sending; the flood's list. */
  @Nullable FloodConnection before;

  @Nullable FloodConnection after;

  private final InetSocketAddress server;
  private final Selector selector;
  private final ByteBuffer out;
  private final byte[] request;
  private final int place;
  private final byte[] echo;
  private byte[] left = new byte[0];
  private int filled;
  private @Nullable SocketChannel channel;
  private boolean busy;
  private boolean ready;
  private long dueNanos;
  private long sentNanos;
  private long freeNanos;

  FloodConnection(InetSocketAddress server, Selector selector, Prepared prepared) {
    this.server = server;
    this.selector = selector;
    this.request = prepared.bytes();
    this.place = prepared.place();
    this.echo = prepared.echo();
    this.out = ByteBuffer.allocateDirect(request.length);
  }

  /** Begins to connect; {@link #connected} is asked when the selector says so. */
  void open() throws IOException {
    close();
    SocketChannel opened = SocketChannel.open();
    opened.configureBlocking(false);
    opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel = opened;
    boolean done = opened.connect(server);
    opened.register(selector, done ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, this);
    ready = done;
  }

  /** Ends connecting; true when the connection may be used. */
  boolean connected(SelectionKey key) throws IOException {
    if (channel != null && channel.finishConnect()) {
      key.interestOps(SelectionKey.OP_READ);
      ready = true;
    }
    return ready;
  }

  boolean isConnected() {
    return ready;
  }

  boolean isBusy() {
    return busy;
  }

  /** It waits for a request since then. */
  void free(long now) {
    freeNanos = now;
  }

  long freeNanos() {
    return freeNanos;
  }

  long dueNanos() {
    return dueNanos;
  }

  long sentNanos() {
    return sentNanos;
  }

  /** Sends the request with this number; what does not fit at once goes when there is room. */
  void send(long index, long due, long now) throws IOException {
    Prepared.number(request, place, index);
    busy = true;
    dueNanos = due;
    sentNanos = now;
    filled = 0;
    out.clear();
    out.put(request).flip();
    write();
  }

  /** Goes on with a request that did not fit. */
  void write() throws IOException {
    SocketChannel to = open(channel);
    to.write(out);
    SelectionKey key = to.keyFor(selector);
    int wanted =
        out.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
    if (key != null && key.interestOps() != wanted) {
      key.interestOps(wanted);
    }
  }

  /**
   * Reads what came.
   *
   * @param shared room for one response, the flood's own
   * @param bytes the same room as an array
   * @return what became of the request, or null while its response is incomplete
   * @throws IOException when the connection is over, or what came is no response
   */
  @Nullable Fate read(ByteBuffer shared, byte[] bytes) throws IOException {
    shared.clear();
    int read = open(channel).read(shared);
    if (read < 0) {
      throw new IOException("closed by the server");
    }
    if (!busy) {
      throw new IOException("an answer that nobody asked for");
    }
    System.arraycopy(left, 0, bytes, 0, filled);
    int fits = Math.min(read, bytes.length - filled);
    shared.flip().get(bytes, filled, fits);
    filled += fits;
    int length = Reply.length(bytes, filled);
    if (length == 0) {
      left = Arrays.copyOf(bytes, filled);
      return null;
    }
    busy = false;
    filled = 0;
    return Reply.fate(bytes, length, request, place, echo);
  }

  /** Nobody waits for an answer any more; the connection is over. */
  void close() {
    busy = false;
    ready = false;
    filled = 0;
    SocketChannel old = channel;
    channel = null;
    if (old != null) {
      try {
        old.close();
      } catch (IOException e) {
        // It is over either way.
        return;
      }
    }
  }

  private static SocketChannel open(@Nullable SocketChannel channel) throws IOException {
    if (channel == null) {
      throw new IOException("not connected");
    }
    return channel;
  }
}
