package dev.plumbline.server.transport;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Cuts a byte stream into lines, with the cap held while reading (FM-01). */
final class LineReader {
  /** What reading one line came to. */
  sealed interface Line {
    /** A line without its line end. */
    final class Text implements Line {
      private final byte[] bytes;

      private Text(byte[] bytes) {
        this.bytes = bytes;
      }

      byte[] bytes() {
        return bytes;
      }
    }

    /** A line beyond the cap; its rest was thrown away, the stream is in step again. */
    record TooLong() implements Line {}

    /** No more lines. */
    record End() implements Line {}
  }

  private static final int BUFFER_BYTES = 65_536;

  private final InputStream in;
  private final int cap;

  LineReader(InputStream in, int cap) {
    this.in = new BufferedInputStream(in, BUFFER_BYTES);
    this.cap = cap;
  }

  Line next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    boolean tooLong = false;
    int b = in.read();
    if (b < 0) {
      return new Line.End();
    }
    while (b >= 0 && b != '\n') {
      if (line.size() < cap) {
        line.write(b);
      } else {
        tooLong = true;
      }
      b = in.read();
    }
    return tooLong ? new Line.TooLong() : new Line.Text(strip(line.toByteArray()));
  }

  private static byte[] strip(byte[] line) {
    boolean carriageReturn = line.length > 0 && line[line.length - 1] == '\r';
    return carriageReturn ? java.util.Arrays.copyOf(line, line.length - 1) : line;
  }
}
