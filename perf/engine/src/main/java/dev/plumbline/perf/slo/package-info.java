/**
 * Service level objectives: the file with one line for each, its strict reading, and the user's
 * overrides. What runs or judges them lives elsewhere.
 */
@NullMarked
package dev.plumbline.perf.slo;

import org.jspecify.annotations.NullMarked;
