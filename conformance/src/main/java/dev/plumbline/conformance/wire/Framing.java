package dev.plumbline.conformance.wire;

import java.io.InputStream;
import java.util.Arrays;
import java.util.function.Consumer;

/** How messages are told apart on a stream of bytes. */
interface Framing {
  /** One message to a line. */
  Framing LINES =
      new Framing() {
        @Override
        public byte[] framed(byte[] message) {
          byte[] line = Arrays.copyOf(message, message.length + 1);
          line[message.length] = '\n';
          return line;
        }

        @Override
        public byte[] farewell() {
          return new byte[0];
        }

        @Override
        public void read(InputStream in, LineInbox inbox, Consumer<byte[]> reply) {
          inbox.fill(in);
        }
      };

  /** One message as it is written. */
  byte[] framed(byte[] message);

  /** What is written last; empty when nothing is. */
  byte[] farewell();

  /**
   * Puts every message of the stream into the inbox, until the stream ends.
   *
   * @param reply writes what the framing itself has to answer
   */
  void read(InputStream in, LineInbox inbox, Consumer<byte[]> reply);
}
