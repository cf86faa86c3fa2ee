/**
 * What the load engine calls: MCP requests through the conformance drivers, and the control port's
 * health. Each client is one connection, checks that the answer is the right one, and reports how
 * the request ended; schedules and limits live elsewhere.
 */
@NullMarked
package dev.plumbline.perf.client;

import org.jspecify.annotations.NullMarked;
