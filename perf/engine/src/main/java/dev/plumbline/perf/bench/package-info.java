/**
 * What the micro-benchmarks of the bundled server say now, beside what was recorded before: {@code
 * .ci/bench} leaves a table, which is judged here and taken into the evidence. The benchmarks
 * themselves are tests of the server's module; nothing is measured in this room.
 */
@NullMarked
package dev.plumbline.perf.bench;

import org.jspecify.annotations.NullMarked;
