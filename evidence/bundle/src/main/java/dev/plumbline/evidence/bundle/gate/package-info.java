/**
 * From evidence to a decision: each gate is one pure function that raises objections, and the
 * decision follows from them. No file, no clock, no signature is touched here.
 */
@NullMarked
package dev.plumbline.evidence.bundle.gate;

import org.jspecify.annotations.NullMarked;
