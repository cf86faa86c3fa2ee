/**
 * The kill matrix: every rule against every planted defect of the bundled server. Tests of single
 * judges do not belong here.
 */
@NullMarked
package dev.plumbline.conformance.mutant;

import org.jspecify.annotations.NullMarked;
