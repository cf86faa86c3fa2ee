package dev.plumbline.server.client.wire;

import dev.plumbline.server.protocol.Message;
import java.util.Map;

/**
 * A message on its way.
 *
 * @param message what is sent
 * @param fields header fields that mirror it, for wires that have headers
 * @param stateless true when neither session nor resumption exists for it
 */
public record Outgoing(Message message, Map<String, String> fields, boolean stateless) {
  /** Copies the fields. */
  public Outgoing {
    fields = Map.copyOf(fields);
  }
}
