/**
 * Lifecycles as data: transition tables, one interpreter, typed rejections. Time is a clock that
 * was handed in, and passes by whoever asks a machine what is due; no thread, no I/O, no metrics:
 * whoever owns a lifecycle fires the events, and an {@link dev.plumbline.server.machine.Observer}
 * counts them.
 */
@NullMarked
package dev.plumbline.server.machine;

import org.jspecify.annotations.NullMarked;
