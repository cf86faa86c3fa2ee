package dev.plumbline.server.transport;

import dev.plumbline.server.era.Answer;
import dev.plumbline.server.protocol.Decoded;
import java.util.List;

/** From an answer to the lines that carry it on stdio. The correct server writes one or none. */
@FunctionalInterface
public interface StdioLines {
  /** The answer's bytes as the only line; none when there is nothing to say. */
  StdioLines PLAIN =
      (_, answer) -> {
        byte[] bytes = answer.bytes();
        return bytes.length == 0 ? List.of() : List.of(bytes);
      };

  /** The lines to write, without line ends. */
  List<byte[]> lines(Decoded decoded, Answer answer);
}
