/** Tests of the pieces of an overload experiment. */
@NullMarked
package dev.plumbline.perf.reliability.overload;

import org.jspecify.annotations.NullMarked;
