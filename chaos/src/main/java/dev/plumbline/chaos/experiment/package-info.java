/**
 * The bench experiments run on: ways through the fault proxy with taps on both sides, clients that
 * note down what happens to each request, retries with full jitter, faults that are healed whatever
 * happens. It records; judging does not belong here, and neither does the choice of faults.
 */
@NullMarked
package dev.plumbline.chaos.experiment;

import org.jspecify.annotations.NullMarked;
