/**
 * Turns the raw evidence of load into verdicts: pure functions of {@link
 * dev.plumbline.perf.raw.Scenario} and of what Gatling wrote. No clock, no socket, nothing that
 * runs.
 */
@NullMarked
package dev.plumbline.perf.judge;

import org.jspecify.annotations.NullMarked;
