/**
 * How good the rules are: the kill matrix, rule by planted defect, that the build leaves when it
 * runs the rules on every mutant of the bundled server. Here it is read and judged; the mutants
 * themselves belong to the server, and the runs to the tests.
 */
@NullMarked
package dev.plumbline.conformance.kill;

import org.jspecify.annotations.NullMarked;
