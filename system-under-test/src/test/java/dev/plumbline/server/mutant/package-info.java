/** Shows for every mutant that its defect, and nothing else, can be seen from outside. */
@NullMarked
package dev.plumbline.server.mutant;

import org.jspecify.annotations.NullMarked;
