/**
 * Lifecycles as data: transition tables, one interpreter, typed rejections. No clock, no thread, no
 * I/O; whoever owns a lifecycle fires the events.
 */
@NullMarked
package dev.plumbline.server.machine;

import org.jspecify.annotations.NullMarked;
