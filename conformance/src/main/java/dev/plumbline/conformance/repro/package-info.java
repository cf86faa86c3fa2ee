/**
 * Reproducers: a failure as a file that replays anywhere, reduced to the few exchanges that matter,
 * with the same told as a shell script and as a JUnit test. Knows how to make, read and replay
 * them; what became of each is kept by the command line.
 */
@NullMarked
package dev.plumbline.conformance.repro;

import org.jspecify.annotations.NullMarked;
