/**
 * Traces: which request of whom led to what, told to a collector with OpenTelemetry when one is
 * named and costing nothing otherwise. The context of a trace comes in with a request and goes out
 * with every question and call that it leads to. No argument, no result and no secret becomes an
 * attribute.
 */
@NullMarked
package dev.plumbline.server.observe.trace;

import org.jspecify.annotations.NullMarked;
