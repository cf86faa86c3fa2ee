/**
 * Copies of the server with exactly one planted defect each, to prove that the rule for that defect
 * sees it. Reached only by the --mutant option; nothing else may refer to it.
 */
@NullMarked
package dev.plumbline.server.mutant;

import org.jspecify.annotations.NullMarked;
