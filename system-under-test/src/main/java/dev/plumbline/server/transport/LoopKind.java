package dev.plumbline.server.transport;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;

/** By which means of the operating system sockets are waited for. */
public enum LoopKind {
  /** What every Java platform has. */
  NIO,
  /** Linux alone, through native code; such sockets can be handed to another process. */
  EPOLL;

  /** True when this platform has it. */
  public boolean available() {
    return switch (this) {
      case NIO -> true;
      case EPOLL -> Epoll.isAvailable();
    };
  }

  IoHandlerFactory handlers() {
    return switch (this) {
      case NIO -> NioIoHandler.newFactory();
      case EPOLL -> EpollIoHandler.newFactory();
    };
  }

  ServerChannel listener() {
    return switch (this) {
      case NIO -> new NioServerSocketChannel();
      case EPOLL -> new EpollServerSocketChannel();
    };
  }
}
