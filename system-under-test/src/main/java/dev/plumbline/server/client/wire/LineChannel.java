package dev.plumbline.server.client.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A pair of byte streams that somebody has to open and close. */
public interface LineChannel {
  /**
   * The two directions.
   *
   * @param in what the server writes
   * @param out what the server reads
   */
  record Streams(InputStream in, OutputStream out) {}

  /**
   * Opens the streams.
   *
   * @throws IOException when there is nothing to open
   */
  Streams open() throws IOException;

  /** Ends both; may be called more than once. */
  void close();
}
