/**
 * What became of reproducers: which there are in runs and in the project's own folder, which are
 * fixed, which are accepted by whom for how long, and the history of all that. Making and replaying
 * them is done elsewhere.
 */
@NullMarked
package dev.plumbline.ci.cli.repro;

import org.jspecify.annotations.NullMarked;
