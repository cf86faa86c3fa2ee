/**
 * What watches the process itself: heap, file descriptors, pauses of the collector. Looks at
 * numbers, tells health and the event log when a level is crossed, and refuses connections when
 * descriptors run out. Queues are watched by {@code limit}.
 */
@NullMarked
package dev.plumbline.server.observe.monitor;

import org.jspecify.annotations.NullMarked;
