package dev.plumbline.server.transport;

import dev.plumbline.server.limit.Limits;
import dev.plumbline.server.observe.Wires;
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
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The event loops that parse and write for every network transport, and their connections. */
public final class Loops implements AutoCloseable {
  private static final int BACKLOG = 1_024;
  private static final Duration STOP = Duration.ofSeconds(2);

  private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(NioIoHandler.newFactory());
  private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

  private final Doorway doorway;

  /** Event loops without a listener, always open. */
  public Loops() {
    this(Doorway.wide());
  }

  /** Event loops without a listener. */
  public Loops(Doorway doorway) {
    this.doorway = doorway;
  }

  /**
   * Binds and listens on 127.0.0.1.
   *
   * @param name of the listener, for whoever counts
   * @param port 0 picks a free one
   * @param halfClose true when a peer that has said everything may still read
   * @throws IOException when the port cannot be bound
   */
  Channel listen(String name, int port, boolean halfClose, Consumer<Channel> accept)
      throws IOException {
    Wires.Meter meter = doorway.wires().meter(name);
    Metered metered = new Metered(meter);
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, halfClose)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    admit(channel, meter, metered, accept);
                  }
                });
    try {
      return bootstrap
          .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
          .syncUninterruptibly()
          .channel();
    } catch (Exception e) {
      // Netty rethrows the checked cause of a failed bind as it is.
      throw new IOException("port " + port + " cannot be bound: " + e.getMessage(), e);
    }
  }

  private void admit(
      Channel channel, Wires.Meter meter, Metered metered, Consumer<Channel> accept) {
    if (connections.size() >= Limits.MAX_CONNECTIONS || !doorway.open().getAsBoolean()) {
      meter.refused();
      var _ = channel.close();
      return;
    }
    connections.add(channel);
    channel.pipeline().addLast(metered);
    accept.accept(channel);
  }

  /** The port of a listener. */
  static int port(Channel listener) {
    return ((InetSocketAddress) listener.localAddress()).getPort();
  }

  /** How many connections are open. */
  int connectionCount() {
    return connections.size();
  }

  /** Tells every connection how the stop proceeds. */
  void tell(Farewell farewell) {
    connections.forEach(channel -> channel.pipeline().fireUserEventTriggered(farewell));
  }

  /** True once they were closed. */
  boolean stopping() {
    return loops.isShuttingDown();
  }

  /** Closes every connection and ends the threads. */
  @Override
  public void close() {
    if (stopping()) {
      return;
    }
    connections.close().awaitUninterruptibly(STOP.toMillis());
    loops
        .shutdownGracefully(0, STOP.toMillis(), TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(STOP.toMillis());
  }
}
