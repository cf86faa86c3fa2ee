package dev.plumbline.server.client.wire;

import dev.plumbline.server.protocol.RequestId;
import java.io.IOException;
import java.util.Map;

/** One connection to a server. Safe for any number of threads once open. */
public interface Wire extends AutoCloseable {
  /**
   * Opens the connection; from then on the receiver hears everything that arrives.
   *
   * @throws IOException when nobody answers there
   */
  void open(Receiver receiver) throws IOException, InterruptedException;

  /**
   * Sends one message. The answer to a request, or the news that there will be none, reaches the
   * receiver.
   *
   * @throws IOException when the message cannot be sent
   */
  void send(Outgoing outgoing) throws IOException, InterruptedException;

  /**
   * Stops waiting for the answer to a request. Where a request has its own stream, the stream is
   * closed.
   */
  void abandon(RequestId id);

  /** True when every request has its own stream, so that closing it tells the server to stop. */
  boolean streamPerRequest();

  /**
   * Opens the stream on which a handshake-era server speaks unasked, where a wire has such a thing.
   */
  default void listen(Map<String, String> fields) {}

  /** Ends the connection, and the session when there is one; never throws. */
  @Override
  void close();
}
