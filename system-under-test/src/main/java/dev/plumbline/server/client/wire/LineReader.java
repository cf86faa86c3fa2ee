package dev.plumbline.server.client.wire;

import dev.plumbline.server.protocol.JsonLimits;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Cuts a byte stream into lines, with the cap held while reading (C10). */
final class LineReader {
  private static final int BUFFER_BYTES = 65_536;

  private final InputStream in;

  LineReader(InputStream in) {
    this.in = new BufferedInputStream(in, BUFFER_BYTES);
  }

  /**
   * The next line without its end, or null at the end of the stream; what follows the last line end
   * is no line.
   *
   * @throws IOException also when a line is too long: nothing after it can be trusted to be in step
   */
  byte @Nullable [] next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0; b = in.read()) {
      if (b == '\n') {
        return line.toByteArray();
      }
      if (line.size() == JsonLimits.MAX_MESSAGE_BYTES) {
        throw new IOException("a message of the server is larger than 10 MiB");
      }
      line.write(b);
    }
    return null;
  }
}
