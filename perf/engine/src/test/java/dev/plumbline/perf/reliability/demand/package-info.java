/** Tests of the demands and of how figures are read. */
@NullMarked
package dev.plumbline.perf.reliability.demand;

import org.jspecify.annotations.NullMarked;
