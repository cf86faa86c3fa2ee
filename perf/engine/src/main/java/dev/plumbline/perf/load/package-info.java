/**
 * The open-model load engine: a schedule of intended start times, workers that keep to it, and the
 * samples they take. It knows neither MCP nor files nor limits; what it calls is a {@link
 * dev.plumbline.perf.load.LoadClient}.
 *
 * <p>Every latency counts from the intended start. Requests that had to wait because every worker
 * was busy carry that wait in their latency, so a target that stalls cannot slow its own
 * measurement down (coordinated omission).
 */
@NullMarked
package dev.plumbline.perf.load;

import org.jspecify.annotations.NullMarked;
