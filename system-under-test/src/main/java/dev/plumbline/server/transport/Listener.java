package dev.plumbline.server.transport;

import io.netty.channel.Channel;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A port that is listened on, and listened on again after it was lost. Safe for any thread. */
final class Listener implements AutoCloseable {
  /** Binds a port. */
  @FunctionalInterface
  interface Binding {
    /** Listens; port 0 picks a free one. */
    Channel bind(int port) throws IOException;
  }

  private final Binding binding;
  private final int port;
  private final Runnable lost;
  private @Nullable Channel channel;
  private boolean over;

  /**
   * Binds and listens.
   *
   * @param port 0 picks a free one, which is kept from then on
   * @param lost run when the port is not listened on any more and nobody asked for that
   * @throws IOException when the port cannot be bound
   */
  Listener(Binding binding, int port, Runnable lost) throws IOException {
    this.binding = binding;
    this.lost = lost;
    Channel first = binding.bind(port);
    this.port = Loops.port(first);
    follow(first);
  }

  private synchronized void follow(Channel bound) {
    channel = bound;
    var _ = bound.closeFuture().addListener(_ -> closed(bound));
  }

  private void closed(Channel bound) {
    boolean unasked;
    synchronized (this) {
      unasked = bound.equals(channel);
    }
    if (unasked) {
      lost.run();
    }
  }

  /** The port. */
  int port() {
    return port;
  }

  /** What is listened with; null while nothing is. */
  synchronized @Nullable Channel channel() {
    return channel;
  }

  /** Takes no further connection for now. */
  void pause() {
    Channel now;
    synchronized (this) {
      now = channel;
      channel = null;
    }
    if (now != null) {
      now.close().syncUninterruptibly();
    }
  }

  /**
   * Listens on the same port again.
   *
   * @throws IOException when it cannot be bound now
   */
  void resume() throws IOException {
    Channel bound;
    synchronized (this) {
      if (over || channel != null) {
        return;
      }
      bound = binding.bind(port);
      follow(bound);
    }
  }

  /** Takes no further connection, for good. */
  @Override
  public void close() {
    synchronized (this) {
      over = true;
    }
    pause();
  }
}
