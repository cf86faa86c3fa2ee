/** Tests of the load engine, with a clock of their own where time matters. */
@NullMarked
package dev.plumbline.perf.load;

import org.jspecify.annotations.NullMarked;
