package dev.plumbline.server.era;

import dev.plumbline.server.protocol.Message;

/** One way of speaking MCP: what a message must carry and how its answer is shaped. */
public sealed interface Era permits HandshakeEra, StatelessEra {
  /** Answers one message; never throws for what the message says. */
  Answer answer(Inbound in, Message message);
}
