/** Traces in and out, into memory and to a collector that a test plays. */
@NullMarked
package dev.plumbline.server.observe.trace;

import org.jspecify.annotations.NullMarked;
