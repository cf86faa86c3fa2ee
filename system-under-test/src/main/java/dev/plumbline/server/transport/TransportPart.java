package dev.plumbline.server.transport;

import dev.plumbline.server.domain.Domains;
import dev.plumbline.server.domain.FailureDomain;
import dev.plumbline.server.domain.Part;
import dev.plumbline.server.protocol.ErrorCode;
import dev.plumbline.server.protocol.RpcError;
import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One transport as a failure domain: its listener, if it has one of its own, its connections, and
 * how many requests they have taken.
 */
class TransportPart implements Part, AutoCloseable {
  /** Connections have this long to say their last words. */
  private static final Duration LAST_WORDS = Duration.ofMillis(250);

  private static final int POLL_MILLIS = 5;

  private final Domains domains;
  private final FailureDomain domain;
  private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final AtomicInteger exchanges = new AtomicInteger();
  private volatile @Nullable Listener listener;

  /** A transport without a listener of its own. */
  TransportPart(Domains domains, String name) {
    this.domains = domains;
    this.domain = domains.transport(name);
    domain.consistsOf(this);
  }

  /**
   * Listens; a listener that is lost is bound again by the domain's supervisor.
   *
   * @throws IOException when the port cannot be bound
   */
  void listen(Listener.Binding binding, int port) throws IOException {
    listener = new Listener(binding, port, () -> domains.lost(domain, "the listener is gone"));
  }

  /** The port that is listened on. */
  int port() {
    Listener own = listener;
    if (own == null) {
      throw new IllegalStateException("nothing is listened on");
    }
    return own.port();
  }

  /** The listener, for whoever breaks it. */
  @Nullable Listener listener() {
    return listener;
  }

  /** A connection belongs to it from now on; false when it takes none. */
  boolean admit(Channel channel) {
    connections.add(channel);
    // Whoever ends the transport moves it first and tells its connections then.
    return domain.runs();
  }

  /** A connection belongs to it no more. */
  void release(Channel channel) {
    connections.remove(channel);
  }

  /** What runs on the transport itself and belongs to no session. */
  FailureDomain domain() {
    return domain;
  }

  /** Why it takes no request now; empty when it does. */
  Optional<RpcError> refusal() {
    return domain.refusal();
  }

  /** Counts the requests taken and not yet fully answered. */
  AtomicInteger exchanges() {
    return exchanges;
  }

  @Override
  public void drain() {
    Listener own = listener;
    if (own != null) {
      own.pause();
    }
  }

  @Override
  public void stop() throws InterruptedException {
    drain();
    end(refusal().orElseGet(() -> RpcError.of(ErrorCode.UNAVAILABLE)));
    long deadline = System.nanoTime() + LAST_WORDS.toNanos();
    while (!connections.isEmpty() && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
    connections.close().awaitUninterruptibly(LAST_WORDS.toMillis());
  }

  /** Tells everybody that it ends. */
  void end(RpcError why) {
    TransportEnds ends = new TransportEnds(why);
    connections.forEach(channel -> channel.pipeline().fireUserEventTriggered(ends));
  }

  @Override
  public void start() throws IOException {
    Listener own = listener;
    if (own != null) {
      own.resume();
    }
  }

  @Override
  public int connections() {
    return connections.size();
  }

  @Override
  public int pending() {
    return exchanges.get();
  }

  /** Takes no further connection, for good. */
  @Override
  public void close() {
    Listener own = listener;
    if (own != null) {
      own.close();
    }
  }
}
