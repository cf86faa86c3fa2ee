/**
 * The lean load generator: one thread, one selector, prepared bytes, thousands of keep-alive
 * connections, an open model. It exists for load beyond a server's capacity, where {@link
 * dev.plumbline.perf.load} would cost as much as the server it shares a machine with. It knows
 * neither MCP nor files nor limits, only that each prepared request carries a number that its
 * answer must repeat, and that a refusal has status 429.
 */
@NullMarked
package dev.plumbline.perf.flood;

import org.jspecify.annotations.NullMarked;
