package dev.plumbline.server.transport;

import dev.plumbline.server.observe.Wires;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The event loops that parse and write for every network transport, and their connections. */
public final class Loops implements AutoCloseable {
  private static final int BACKLOG = 1_024;
  private static final Duration STOP = Duration.ofSeconds(2);

  /** For one loop to finish what it is at. */
  private static final Duration SETTLING = Duration.ofSeconds(1);

  /** Refusing comes before serving, the control plane before both (R010). */
  private static final int PRIORITY = Thread.NORM_PRIORITY + 2;

  private final Sockets sockets;
  private final InetAddress host;
  private final Map<String, Integer> inheritance;
  private final EventLoopGroup loops;
  private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final Map<String, Channel> listeners = new ConcurrentHashMap<>();
  private final Map<String, Consumer<Channel>> entrances = new ConcurrentHashMap<>();
  private final Set<Channel> detached = ConcurrentHashMap.newKeySet();
  private volatile @Nullable Passage passage;

  private final Doorway doorway;

  /** One for all connections: a hundred thousand need no object each for this. */
  private final ChannelFutureListener leaves;

  /** Event loops without a listener, always open. */
  public Loops() {
    this(Doorway.wide(), Sockets.FRESH, InetAddress.getLoopbackAddress());
  }

  /** Event loops without a listener. */
  public Loops(Doorway doorway, Sockets sockets, InetAddress host) {
    this.doorway = doorway;
    this.leaves = _ -> doorway.connections().giveBack();
    this.sockets = sockets;
    this.host = host;
    this.inheritance = new ConcurrentHashMap<>(sockets.inherited());
    this.loops =
        new MultiThreadIoEventLoopGroup(
            0, new DefaultThreadFactory("loop", false, PRIORITY), sockets.kind().handlers());
  }

  /**
   * Binds and listens.
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
    Consumer<Channel> entrance = channel -> admit(channel, meter, metered, accept);
    entrances.put(name, entrance);
    // Once: a listener that is lost and bound again is one of our own.
    Integer inherited = inheritance.remove(name);
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loops)
            .channelFactory(
                () ->
                    inherited == null
                        ? sockets.kind().listener()
                        : new EpollServerSocketChannel(inherited))
            // What another process listens on it goes on accepting from, until it is told.
            .option(ChannelOption.AUTO_READ, inherited == null)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, halfClose)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    entrance.accept(channel);
                  }
                });
    try {
      ChannelFuture begun =
          inherited == null
              ? bootstrap.bind(new InetSocketAddress(host, port))
              : bootstrap.register();
      Channel listener = begun.syncUninterruptibly().channel();
      sameHost(listener);
      listeners.put(name, listener);
      return listener;
    } catch (Exception e) {
      // Netty rethrows the checked cause of a failed bind as it is.
      throw new IOException("port " + port + " cannot be bound: " + e.getMessage(), e);
    }
  }

  /**
   * What may be listened on was decided for one address; a socket of another process has its own.
   */
  private void sameHost(Channel listener) throws IOException {
    InetAddress bound = ((InetSocketAddress) listener.localAddress()).getAddress();
    boolean same = bound.equals(host) || (bound.isAnyLocalAddress() && host.isAnyLocalAddress());
    if (!same) {
      listener.close().awaitUninterruptibly(SETTLING.toMillis());
      throw new IOException("the process before listens on " + bound.getHostAddress());
    }
  }

  private void admit(
      Channel channel, Wires.Meter meter, Metered metered, Consumer<Channel> accept) {
    if (!doorway.open().getAsBoolean() || !doorway.connections().tryTake()) {
      meter.refused();
      var _ = channel.close();
      return;
    }
    // Whatever becomes of it, it is closed once, here or when another process has it.
    var _ = channel.closeFuture().addListener(leaves);
    connections.add(channel);
    channel.pipeline().addLast(metered);
    accept.accept(channel);
    if (moving()) {
      // It came while the others were told.
      channel
          .eventLoop()
          .execute(() -> channel.pipeline().fireUserEventTriggered(Farewell.SERVER_MOVES));
    }
  }

  /** Counts what travels over a connection that another listener accepted. */
  Wires.Meter meter(String name) {
    return doorway.wires().meter(name);
  }

  /** The file descriptors of the listening sockets, by the name of the listener. */
  Map<String, Integer> descriptors() {
    Map<String, Integer> all = new HashMap<>();
    listeners.forEach(
        (name, listener) -> {
          if (listener instanceof EpollServerSocketChannel socket) {
            all.put(name, socket.fd().intValue());
          }
        });
    return all;
  }

  /**
   * Accepts connections, or leaves them where they wait. When this returns nothing more is
   * accepted, and what was is known. Not for event loops.
   */
  void accepting(boolean now) {
    List<Future<?>> told = new ArrayList<>();
    for (Channel listener : listeners.values()) {
      // By its own loop: one that is told by another thread accepts once more, whenever that is.
      told.add(listener.eventLoop().submit(() -> listener.config().setAutoRead(now)));
    }
    await(told);
    if (!now) {
      // What was accepted has been handed to another loop.
      List<Future<?>> looks = new ArrayList<>();
      loops.forEach(loop -> looks.add(loop.submit(() -> {})));
      await(looks);
    }
  }

  private static void await(List<Future<?>> all) {
    all.forEach(one -> one.awaitUninterruptibly(SETTLING.toMillis()));
  }

  /** From now on connections go to another process, each as soon as it is idle. */
  void move(Passage elsewhere) {
    passage = elsewhere;
    tell(Farewell.SERVER_MOVES);
  }

  /** True while connections go to another process. */
  boolean moving() {
    return passage != null;
  }

  /** Passes a connection on. Its event loop only. */
  void detach(Channel channel) {
    Passage elsewhere = passage;
    if (elsewhere != null && channel.isActive() && detached.add(channel)) {
      channel.config().setAutoRead(false);
      var _ = channel.deregister().addListener(_ -> elsewhere.pass(channel));
    }
  }

  /** Nobody took them: the connections that were passed on are served here again. */
  void stay() {
    passage = null;
    for (Channel channel : List.copyOf(detached)) {
      detached.remove(channel);
      var _ =
          channel
              .eventLoop()
              .register(channel)
              .addListener(_ -> channel.config().setAutoRead(true));
    }
  }

  /** How many connections of a kind are still here. */
  int count(Predicate<Channel> kind) {
    return (int)
        connections.stream()
            .filter(channel -> !detached.contains(channel) && kind.test(channel))
            .count();
  }

  /** Goes on with a connection of another process, as if it had just been accepted. */
  void adopt(String listener, int descriptor) {
    Consumer<Channel> entrance = entrances.get(listener);
    if (entrance == null) {
      throw new IllegalArgumentException("no listener is called " + listener);
    }
    EpollSocketChannel channel = new EpollSocketChannel(descriptor);
    if (!channel.isActive()) {
      // Its peer cut it off on the way: Netty would wait forever for it to connect.
      channel.unsafe().closeForcibly();
      return;
    }
    channel
        .pipeline()
        .addLast(
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(Channel added) {
                entrance.accept(added);
              }
            });
    var _ = loops.register(channel);
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
