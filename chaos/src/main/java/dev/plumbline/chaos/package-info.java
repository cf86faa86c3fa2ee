/**
 * The chaos suite: disturbs the network between a client and the target, and finds out how long it
 * takes to notice and to recover. {@link dev.plumbline.chaos.ChaosSuite} drives, {@link
 * dev.plumbline.chaos.ChaosJudge} concludes from the files alone. What a single failure mode does
 * belongs into {@code mode}, how traffic is disturbed into {@code proxy}.
 *
 * <p>The raw folder holds {@code suite.json} ({@link dev.plumbline.chaos.journal.SuiteLog}) and one
 * file of JSON lines a failure mode, {@code FM-07.jsonl}. Each line is an object with a {@code
 * kind}; all times are milliseconds since the experiment began:
 *
 * <ul>
 *   <li>{@code header}, the first line: schema, mode, era, method, backend, seed, plan;
 *   <li>{@code sample}: a request — {@code atMs} (intended start), {@code latencyMs}, {@code lane}
 *       ({@code PROXIED}, {@code DIRECT}, {@code FRESH}, {@code WARM_UP}), {@code phase}, {@code
 *       outcome} ({@code OK} or how it failed), {@code fault}, {@code attempt}, {@code deadlineMs},
 *       {@code injectedMs}, {@code session}: the points of the latency chart;
 *   <li>{@code fault}: a window to shade — {@code startMs}, {@code endMs}, {@code label}, {@code
 *       colour} ({@code #rrggbb}), {@code toxics};
 *   <li>{@code wait}: a pause between attempts with its ceiling, as drawn and as it was;
 *   <li>{@code witness}: a measurement that proves the fault, with what it must reach;
 *   <li>{@code heal}: {@code startMs}, {@code endMs}, {@code verified};
 *   <li>{@code health}: numbers of the control port, where there is one;
 *   <li>{@code end}, the last line: the count of the lines above, whether the run was complete, and
 *       what broke in Plumbline itself.
 * </ul>
 */
@NullMarked
package dev.plumbline.chaos;

import org.jspecify.annotations.NullMarked;
