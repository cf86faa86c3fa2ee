/**
 * The program's entry: streams, terminal and the process exit code. What the commands do lives in
 * {@code command}, what a run is in {@code run}.
 */
@NullMarked
package dev.plumbline.ci.cli;

import org.jspecify.annotations.NullMarked;
