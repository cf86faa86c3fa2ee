package dev.plumbline.server.control.port;

import dev.plumbline.server.config.Configuration;
import dev.plumbline.server.config.Live;
import dev.plumbline.server.config.ServerConfig;
import dev.plumbline.server.control.ControlPlane;
import dev.plumbline.server.observe.SecurityTrail;
import dev.plumbline.server.observe.Telemetry;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The control port: the control plane over HTTP, on a listener and a thread of its own. Bounded in
 * connections, bytes and time; what is not a probe needs the token.
 */
public final class ControlPort implements AutoCloseable {
  /** Connections open at once. */
  static final int MAX_CONNECTIONS = 256;

  /** Longest body in bytes: a file of settings. */
  static final int MAX_BODY_BYTES = 65_536;

  private static final int MAX_LINE_BYTES = 4_096;
  private static final int MAX_HEAD_BYTES = 8_192;
  private static final int MAX_CHUNK_BYTES = 8_192;
  private static final int LOW_WATER_BYTES = 65_536;
  private static final int HIGH_WATER_BYTES = 262_144;
  private static final long STOP_MILLIS = 1_000;

  private final EventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(
          1,
          new DefaultThreadFactory("control", true, Thread.MAX_PRIORITY),
          NioIoHandler.newFactory());
  private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final Seats seats = new Seats(MAX_CONNECTIONS, System::nanoTime);
  private final Desk desk = new Desk();
  private final Routes routes;
  private final Guard guard;
  private final Events events;
  private final Optional<SslContext> tls;
  private final SecurityTrail security;
  private final Channel listener;

  /**
   * What the port is the face of.
   *
   * @param plane the control plane
   * @param configuration the settings and their history
   * @param config the settings now
   * @param telemetry what can be seen
   * @param roleKnown true for the roles whose queues have limits
   * @param actions what rooms let operators do
   */
  public record Room(
      ControlPlane plane,
      Configuration configuration,
      Live<ServerConfig> config,
      Telemetry telemetry,
      Predicate<String> roleKnown,
      Actions actions) {}

  /**
   * Binds and answers.
   *
   * @throws IOException when the port cannot be bound
   */
  public ControlPort(ControlSetup setup, Room room) throws IOException {
    this.tls = setup.tls();
    this.security = room.telemetry().security();
    this.guard = new Guard(setup.token(), tls.isPresent() ? "https" : "http", security);
    BooleanSupplier on = () -> room.config().get().switches().controlPlane();
    this.events = new Events(room.telemetry(), desk, on);
    ViewRoutes views = new ViewRoutes(room.telemetry(), desk);
    List<Route> fixed =
        Stream.of(
                new PlaneRoutes(room.plane()).routes(),
                new SettingRoutes(room.configuration(), room.roleKnown(), desk).routes(),
                views.routes())
            .flatMap(List::stream)
            .toList();
    this.routes = new Routes(fixed, room.actions(), setup.failpoints(), desk, views, on);
    this.listener = bind(setup);
  }

  private Channel bind(ControlSetup setup) throws IOException {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(
                ChannelOption.WRITE_BUFFER_WATER_MARK,
                new WriteBufferWaterMark(LOW_WATER_BYTES, HIGH_WATER_BYTES))
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    admit(channel);
                  }
                });
    try {
      return bootstrap
          .bind(new InetSocketAddress(setup.host(), setup.port()))
          .syncUninterruptibly()
          .channel();
    } catch (Exception e) {
      stop();
      throw new IOException(
          "control port " + setup.port() + " cannot be bound: " + e.getMessage(), e);
    }
  }

  /** Takes a connection in, or closes it when there is no seat for it. */
  void admit(Channel channel) {
    Optional<Seats.Seat> seat = seats.take(channel);
    if (seat.isEmpty()) {
      var _ = channel.close();
      return;
    }
    connections.add(channel);
    tls.ifPresent(
        context ->
            channel
                .pipeline()
                .addLast(context.newHandler(channel.alloc()))
                .addLast(new HandshakeWatch(security)));
    channel
        .pipeline()
        .addLast(new Deadlines(seat.get()))
        .addLast(new HttpServerCodec(MAX_LINE_BYTES, MAX_HEAD_BYTES, MAX_CHUNK_BYTES))
        .addLast(new Bodies(MAX_BODY_BYTES))
        .addLast(new Connection(routes, guard, events));
  }

  /** The address that is listened on. */
  public InetAddress host() {
    return ((InetSocketAddress) listener.localAddress()).getAddress();
  }

  /** True behind TLS. */
  public boolean encrypted() {
    return tls.isPresent();
  }

  /** The port that is listened on. */
  public int port() {
    return ((InetSocketAddress) listener.localAddress()).getPort();
  }

  /** Everything that can be asked, for tests of all of it. */
  List<Route> routes() {
    return routes.all();
  }

  @Override
  public void close() {
    if (loop.isShuttingDown()) {
      return;
    }
    listener.close().syncUninterruptibly();
    stop();
  }

  private void stop() {
    events.close();
    desk.close();
    connections.close().awaitUninterruptibly(STOP_MILLIS);
    loop.shutdownGracefully(0, STOP_MILLIS, TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(STOP_MILLIS);
  }
}
