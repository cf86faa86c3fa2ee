/** The parts of the bench, one by one. */
@NullMarked
package dev.plumbline.chaos.experiment;

import org.jspecify.annotations.NullMarked;
