package dev.plumbline.server.transport;

import dev.plumbline.server.era.Endpoint;
import dev.plumbline.server.limit.ByteBudget;
import dev.plumbline.server.limit.Flows;
import dev.plumbline.server.observe.SecurityTrail;

/**
 * Where every transport hands its messages.
 *
 * @param endpoint what answers them
 * @param runner what runs them, under permits and deadlines
 * @param lines from an answer to what is written on a duplex wire
 * @param bodies the bytes of messages held at once, over all connections
 * @param flows what waits for the peers of all connections
 * @param patience how long peers may keep the server waiting
 * @param security where attempts are written down
 */
public record Dispatch(
    Endpoint endpoint,
    Runner runner,
    StdioLines lines,
    ByteBudget bodies,
    Flows flows,
    Patience patience,
    SecurityTrail security) {}
