package dev.plumbline.server.transport;

import io.netty.channel.Channel;

/** Where connections go that another process goes on with. */
@FunctionalInterface
public interface Passage {
  /**
   * Takes a connection on which no request is under way. It is not waited for any more and nothing
   * of it was read that was not answered; called on its event loop, must not block.
   */
  void pass(Channel connection);
}
