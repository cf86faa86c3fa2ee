/**
 * The experiments that load a server. One counts messages a second by their size; the other
 * measures a server's capacity, sends it a multiple of that, asks its control port meanwhile and
 * looks at its queues all the time. Each runs in a JVM of its own, on the generator's processors,
 * and only records; nothing is judged here.
 */
@NullMarked
package dev.plumbline.perf.reliability.overload;

import org.jspecify.annotations.NullMarked;
