/**
 * What {@code raw/reliability} holds: the plan with what became of every part, and what the
 * server's own measurements printed. Everything is sealed by a count or a last field, so that a
 * file that was cut short is an error and not a smaller observation.
 */
@NullMarked
package dev.plumbline.perf.reliability.raw;

import org.jspecify.annotations.NullMarked;
