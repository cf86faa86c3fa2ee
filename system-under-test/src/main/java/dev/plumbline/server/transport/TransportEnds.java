package dev.plumbline.server.transport;

import dev.plumbline.server.protocol.RpcError;

/**
 * Tells a connection that its transport is being restarted: whatever it is asked is answered with
 * this error, then it closes.
 *
 * @param why the error
 */
record TransportEnds(RpcError why) {}
