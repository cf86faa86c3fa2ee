/**
 * Who listens for what in the stateless era (2026-07-28 basic/patterns/subscriptions): topics,
 * bounded queues, and their register. Wires and JSON-RPC ids do not belong here.
 */
@NullMarked
package dev.plumbline.server.subscription;

import org.jspecify.annotations.NullMarked;
