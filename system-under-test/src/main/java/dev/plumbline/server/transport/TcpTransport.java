package dev.plumbline.server.transport;

import dev.plumbline.server.limit.Flow;
import dev.plumbline.server.limit.PeerLimits;
import dev.plumbline.server.machine.SessionLifecycle;
import io.netty.channel.Channel;
import io.netty.handler.timeout.IdleStateHandler;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** The framing of stdio over TCP without TLS: one message per line, one peer per connection. */
public final class TcpTransport implements AutoCloseable {
  private static final String NAME = "tcp";

  private final Dispatch dispatch;
  private final TransportPart part;

  /**
   * Binds and listens.
   *
   * @param port 0 picks a free one
   * @throws IOException when the port cannot be bound
   */
  public TcpTransport(Loops loops, int port, Dispatch dispatch) throws IOException {
    this.dispatch = dispatch;
    this.part = new TransportPart(dispatch.runner().domains(), NAME);
    part.listen(free -> loops.listen(NAME, free, true, this::accept), port);
  }

  private void accept(Channel channel) {
    if (!part.admit(channel)) {
      var _ = channel.close();
      return;
    }
    Flow flow = dispatch.flows().open("tcp");
    flow.whenCut(
        () -> {
          var _ = channel.close();
        });
    var _ = channel.closeFuture().addListener(_ -> flow.close());
    channel
        .pipeline()
        .addLast(new IdleStateHandler(0, 0, SessionLifecycle.IDLE.toSeconds(), TimeUnit.SECONDS))
        .addLast(new LineConnection(dispatch, part, PeerLimits.of(flow)));
  }

  /** The port that is listened on. */
  public int port() {
    return part.port();
  }

  /** Requests taken and not yet answered. */
  public int exchanges() {
    return part.pending();
  }

  /** Its failure domain, and what that consists of. */
  TransportPart part() {
    return part;
  }

  /** Takes no further connection. */
  @Override
  public void close() {
    part.close();
  }
}
