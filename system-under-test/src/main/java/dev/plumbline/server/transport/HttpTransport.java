package dev.plumbline.server.transport;

import dev.plumbline.server.era.Endpoint;
import dev.plumbline.server.limit.Limits;
import dev.plumbline.server.machine.ServerEvent;
import dev.plumbline.server.machine.ServerState;
import dev.plumbline.server.machine.StateMachine;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Streamable HTTP on 127.0.0.1: one listener, event loops that only parse and write. */
public final class HttpTransport implements AutoCloseable {
  private static final int BACKLOG = 1_024;
  private static final Duration LOOP_STOP = Duration.ofSeconds(2);
  private static final int DRAIN_POLL_MILLIS = 5;

  private final List<HeadRule> headRules;
  private final Endpoint endpoint;
  private final Runner runner;
  private final StateMachine<ServerState, ServerEvent> server;
  private final AtomicInteger exchanges = new AtomicInteger();
  private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(NioIoHandler.newFactory());
  private final Channel listener;

  /**
   * Binds and listens.
   *
   * @param port 0 picks a free one
   * @throws IOException when the port cannot be bound
   */
  public HttpTransport(
      int port,
      List<HeadRule> headRules,
      Endpoint endpoint,
      Runner runner,
      StateMachine<ServerState, ServerEvent> server)
      throws IOException {
    this.headRules = List.copyOf(headRules);
    this.endpoint = endpoint;
    this.runner = runner;
    this.server = server;
    this.listener = bind(port);
  }

  private Channel bind(int port) throws IOException {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    accept(channel);
                  }
                });
    try {
      return bootstrap
          .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
          .syncUninterruptibly()
          .channel();
    } catch (Exception e) {
      stopLoops();
      // Netty rethrows the checked cause of a failed bind as it is.
      throw new IOException("port " + port + " cannot be bound: " + e.getMessage(), e);
    }
  }

  private void accept(Channel channel) {
    if (connections.size() >= Limits.MAX_CONNECTIONS) {
      var _ = channel.close();
      return;
    }
    connections.add(channel);
    channel
        .pipeline()
        .addLast(new IdleStateHandler(0, 0, Limits.CONNECTION_IDLE.toSeconds(), TimeUnit.SECONDS))
        .addLast(new StrictRequestDecoder(Limits.READ_DEADLINE))
        .addLast(new HttpResponseEncoder())
        .addLast(new HttpConnection(this));
  }

  /** The port that is listened on. */
  public int port() {
    return ((InetSocketAddress) listener.localAddress()).getPort();
  }

  /** How many connections are open. */
  public int connectionCount() {
    return connections.size();
  }

  List<HeadRule> headRules() {
    return headRules;
  }

  Endpoint endpoint() {
    return endpoint;
  }

  Runner runner() {
    return runner;
  }

  /** Requests read and not yet fully answered. */
  AtomicInteger exchanges() {
    return exchanges;
  }

  boolean takesWork() {
    return server.state().takesWork();
  }

  /**
   * Stops listening and waits for the exchanges in flight, up to the limit.
   *
   * @return true when none is left
   */
  public boolean drain(Duration limit) throws InterruptedException {
    listener.close().syncUninterruptibly();
    long end = System.nanoTime() + limit.toNanos();
    while (exchanges.get() > 0 && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(DRAIN_POLL_MILLIS);
    }
    return exchanges.get() == 0;
  }

  @Override
  public void close() {
    if (loops.isShuttingDown()) {
      return;
    }
    listener.close().syncUninterruptibly();
    connections.close().awaitUninterruptibly(LOOP_STOP.toMillis());
    stopLoops();
  }

  private void stopLoops() {
    loops
        .shutdownGracefully(0, LOOP_STOP.toMillis(), TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(LOOP_STOP.toMillis());
  }
}
