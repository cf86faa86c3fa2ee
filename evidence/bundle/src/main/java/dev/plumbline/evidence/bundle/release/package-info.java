/**
 * What a release is told with: the figures of a run by subject, the values that were asked for by
 * name, the ten workstreams, the checklist of usual weaknesses, and the same as tables. Pure
 * functions of what the bundle holds: nothing here decides, measures or reads a clock, and no value
 * stands here that no check found.
 */
@NullMarked
package dev.plumbline.evidence.bundle.release;

import org.jspecify.annotations.NullMarked;
