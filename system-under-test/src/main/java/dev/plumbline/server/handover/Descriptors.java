package dev.plumbline.server.handover;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.DomainSocketReadMode;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A second connection between the two processes, for nothing but file descriptors (SCM_RIGHTS, unix
 * sockets). Their order says what they are: the listening sockets first, then connections.
 */
final class Descriptors implements AutoCloseable {
  /** A descriptor that does not come within this does not come. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** No descriptor is called so: there are no more. */
  private static final int END = -1;

  /** Bounded by the connections that a server has at once. */
  private static final int MAX_WAITING = 20_000;

  private final EventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
  private final CompletableFuture<Channel> channel = new CompletableFuture<>();
  private final BlockingQueue<Integer> received = new LinkedBlockingQueue<>(MAX_WAITING);

  private volatile @Nullable Channel listener;

  private Descriptors() {}

  /** Waits for the other process to connect. */
  static Descriptors giving(Path path) throws IOException {
    Descriptors descriptors = new Descriptors();
    Files.deleteIfExists(path);
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(descriptors.loop)
            .channel(EpollServerDomainSocketChannel.class)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel other) {
                    if (!descriptors.channel.complete(other)) {
                      var _ = other.close();
                    }
                  }
                });
    descriptors.listener = settled(bootstrap.bind(new DomainSocketAddress(path.toFile())));
    return descriptors;
  }

  /** Connects to the other process. */
  static Descriptors taking(Path path) throws IOException {
    Descriptors descriptors = new Descriptors();
    Bootstrap bootstrap =
        new Bootstrap()
            .group(descriptors.loop)
            .channel(EpollDomainSocketChannel.class)
            .option(
                EpollChannelOption.DOMAIN_SOCKET_READ_MODE, DomainSocketReadMode.FILE_DESCRIPTORS)
            .handler(
                new ChannelInboundHandlerAdapter() {
                  @Override
                  public void channelRead(ChannelHandlerContext ctx, Object message) {
                    if (message instanceof FileDescriptor descriptor) {
                      descriptors.received.add(descriptor.intValue());
                    }
                  }

                  @Override
                  public void channelInactive(ChannelHandlerContext ctx) {
                    descriptors.received.add(END);
                  }
                });
    descriptors.channel.complete(
        settled(bootstrap.connect(new DomainSocketAddress(path.toFile()))));
    return descriptors;
  }

  private static Channel settled(ChannelFuture future) throws IOException {
    if (!future.awaitUninterruptibly(PATIENCE.toMillis()) || !future.isSuccess()) {
      throw new IOException("the socket for file descriptors cannot be used", future.cause());
    }
    return future.channel();
  }

  /** Waits until the other process can be given something; it is the only one. */
  void awaitTaker() throws IOException {
    try {
      var _ = channel.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      unlisten();
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("nobody takes the file descriptors", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** Gives one; {@code given} is run once the kernel has it, or the other process is gone. */
  void give(int descriptor, Runnable given) {
    var _ =
        channel.thenAccept(
            other ->
                other
                    .writeAndFlush(
                        new FileDescriptor(descriptor) {
                          @Override
                          public void close() {
                            // Sending does not end our own.
                          }
                        })
                    .addListener(_ -> given.run()));
  }

  /** The next one. */
  int take() throws IOException {
    try {
      Integer next = received.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (next == null || next == END) {
        throw new IOException("a file descriptor is missing");
      }
      return next;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** The next one, however long it takes; -1 when there are no more. */
  int takeLater() throws InterruptedException {
    return received.take();
  }

  /** Closes one that nobody wants. */
  static void drop(int descriptor) {
    try {
      new Socket(descriptor).close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }

  /** Netty removes the name with it, which from now on may be that of another process. */
  private void unlisten() {
    Channel listening = listener;
    if (listening != null) {
      listening.close().awaitUninterruptibly(PATIENCE.toMillis());
    }
  }

  /** Ends the connection after what was given. */
  @Override
  public void close() {
    unlisten();
    if (channel.isDone() && !channel.isCompletedExceptionally()) {
      channel.join().close().awaitUninterruptibly(PATIENCE.toMillis());
    }
    var _ = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
