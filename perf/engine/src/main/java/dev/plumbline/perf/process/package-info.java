/**
 * Processes that are measured from outside: on which processors they run, and what their JVM tells
 * about its memory. Nothing here speaks to them over a wire.
 */
@NullMarked
package dev.plumbline.perf.process;

import org.jspecify.annotations.NullMarked;
