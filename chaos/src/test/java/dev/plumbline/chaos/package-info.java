/** The suite as a whole, against servers of the tests. */
@NullMarked
package dev.plumbline.chaos;

import org.jspecify.annotations.NullMarked;
