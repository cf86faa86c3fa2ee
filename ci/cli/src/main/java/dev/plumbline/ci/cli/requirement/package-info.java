/**
 * The requirements the reliability core was built to, one by one: what each asks, which demand,
 * objective, clause, failure mode, gate or test shows it, and the figure a run has for it. What a
 * run measured is read from its results; nothing is measured here.
 */
@NullMarked
package dev.plumbline.ci.cli.requirement;

import org.jspecify.annotations.NullMarked;
