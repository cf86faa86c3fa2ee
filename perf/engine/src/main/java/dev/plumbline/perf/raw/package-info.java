/**
 * The raw evidence of load: what is written while a target is under load and what everything else
 * is computed from. Writing, strict reading, and nothing that judges.
 *
 * <p>The folder {@code raw/perf} holds
 *
 * <ul>
 *   <li>{@code perf.json}, a {@link dev.plumbline.perf.raw.PerfPlan}: which objectives there were,
 *       with their limits as they were in force, what became of each, and in which folders its
 *       attempts lie; {@code count} at its end seals it.
 *   <li>for each attempt a folder {@code <slo id>-<attempt>} with {@code scenario.json} (a {@link
 *       dev.plumbline.perf.raw.ScenarioRecord}: schedule, counts by outcome, the series of counts
 *       by interval, failures in words) and three HdrHistogram interval logs, which every tool that
 *       reads {@code .hlog} files understands:
 *       <ul>
 *         <li>{@code latency.hlog}: from the intended start to the end, the time users wait;
 *         <li>{@code service.hlog}: from the actual send to the end, uncorrected;
 *         <li>{@code lateness.hlog}: the generator's own delay of each send.
 *       </ul>
 *   <li>{@code gatling/} with {@code journey.json} and Gatling's report, when it ran.
 * </ul>
 *
 * <p>Interval logs hold nanoseconds with three significant digits. Their times are seconds since
 * the first measured request was due, one interval after another without gaps, {@code
 * intervalMillis} of the scenario long; a request belongs to the interval in which it was due. In
 * {@code latency.hlog} and {@code service.hlog} each interval has two lines: tag {@code ok} holds
 * the requests with the right answer, tag {@code failed} all others with the time until they were
 * given up. {@code lateness.hlog} is untagged. The last line of each log is a comment with the
 * number of histograms and of samples; a log without it is refused.
 *
 * <p>A percentile curve is drawn by merging all {@code ok} histograms of a log and adding the
 * failed requests at the deadline, as {@link dev.plumbline.perf.raw.Scenario#latency()} does.
 * Latency over time is drawn from {@link dev.plumbline.perf.raw.Scenario#latencyByInterval()}.
 */
@NullMarked
package dev.plumbline.perf.raw;

import org.jspecify.annotations.NullMarked;
