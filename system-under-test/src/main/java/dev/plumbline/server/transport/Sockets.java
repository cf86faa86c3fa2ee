package dev.plumbline.server.transport;

import java.util.Map;

/**
 * Where the listening sockets come from.
 *
 * @param kind how they are waited for
 * @param inherited file descriptors of sockets that another process listens on, by the name of the
 *     listener; nothing is accepted from them before {@link Network#open}
 */
public record Sockets(LoopKind kind, Map<String, Integer> inherited) {
  /** Made here. */
  public static final Sockets FRESH = new Sockets(LoopKind.NIO, Map.of());

  /** Made here, to be handed to another process some day. */
  public static final Sockets MOVABLE = new Sockets(LoopKind.EPOLL, Map.of());

  /** Copies the map. */
  public Sockets {
    inherited = Map.copyOf(inherited);
  }

  /** Those of another process. */
  public static Sockets inherited(Map<String, Integer> descriptors) {
    return new Sockets(LoopKind.EPOLL, descriptors);
  }
}
