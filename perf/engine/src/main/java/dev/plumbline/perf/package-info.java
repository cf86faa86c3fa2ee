/**
 * Load: whether a target meets its objectives under requests that arrive at a constant rate. {@link
 * dev.plumbline.perf.PerfSuite} drives and writes raw evidence, {@link
 * dev.plumbline.perf.PerfJudge} turns it into verdicts. The parts live in the packages below; the
 * form of the raw files is told in {@link dev.plumbline.perf.raw}.
 */
@NullMarked
package dev.plumbline.perf;

import org.jspecify.annotations.NullMarked;
