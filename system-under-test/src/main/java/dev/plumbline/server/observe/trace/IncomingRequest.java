package dev.plumbline.server.observe.trace;

import java.util.Optional;

/**
 * What a span may say of a request that came in.
 *
 * @param method a name the server knows, or one for all others
 * @param id its id when that is harmless to repeat
 * @param inMessage the trace named by its {@code _meta}
 * @param inHeaders the trace named by the header fields that came with it
 * @param http true when HTTP carried it
 * @param arrivedEpochNanos when it arrived, since 1970
 */
public record IncomingRequest(
    String method,
    Optional<String> id,
    Optional<Trace> inMessage,
    Optional<Trace> inHeaders,
    boolean http,
    long arrivedEpochNanos) {}
