/**
 * Runs rules against a target: which apply, in what order, recording and judging each, and judging
 * a folder of recordings again. Holds no requirement of the protocol itself.
 */
@NullMarked
package dev.plumbline.conformance.run;

import org.jspecify.annotations.NullMarked;
