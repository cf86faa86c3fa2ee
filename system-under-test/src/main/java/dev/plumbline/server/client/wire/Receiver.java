package dev.plumbline.server.client.wire;

import dev.plumbline.server.protocol.Message;
import dev.plumbline.server.protocol.RequestId;
import java.io.IOException;

/** Hears what comes over a wire. */
public interface Receiver {
  /** A well-formed message arrived. */
  void received(Message message);

  /** There will be no answer to this request. */
  void failed(RequestId id, IOException why);

  /** There will be no answer to anything: the wire is gone. */
  void lost(IOException why);

  /** Bytes arrived that are no message; they were dropped. */
  void malformed(String why);
}
