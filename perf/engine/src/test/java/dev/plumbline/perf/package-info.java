/** Tests of the suite and its judge. */
@NullMarked
package dev.plumbline.perf;

import org.jspecify.annotations.NullMarked;
