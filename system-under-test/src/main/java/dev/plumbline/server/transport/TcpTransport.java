package dev.plumbline.server.transport;

import dev.plumbline.server.machine.SessionLifecycle;
import io.netty.channel.Channel;
import io.netty.handler.timeout.IdleStateHandler;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The framing of stdio over TCP on 127.0.0.1: one message per line, one peer per connection. */
public final class TcpTransport implements AutoCloseable {
  private final Dispatch dispatch;
  private final AtomicInteger exchanges = new AtomicInteger();
  private final Channel listener;

  /**
   * Binds and listens.
   *
   * @param port 0 picks a free one
   * @throws IOException when the port cannot be bound
   */
  public TcpTransport(Loops loops, int port, Dispatch dispatch) throws IOException {
    this.dispatch = dispatch;
    this.listener = loops.listen("tcp", port, true, this::accept);
  }

  private void accept(Channel channel) {
    channel
        .pipeline()
        .addLast(new IdleStateHandler(0, 0, SessionLifecycle.IDLE.toSeconds(), TimeUnit.SECONDS))
        .addLast(new LineConnection(dispatch, exchanges));
  }

  /** The port that is listened on. */
  public int port() {
    return Loops.port(listener);
  }

  /** Requests taken and not yet answered. */
  public int exchanges() {
    return exchanges.get();
  }

  /** Takes no further connection. */
  @Override
  public void close() {
    listener.close().syncUninterruptibly();
  }
}
