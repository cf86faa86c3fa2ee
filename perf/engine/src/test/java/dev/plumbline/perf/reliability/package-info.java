/** Tests of the judge: every demand has a way to miss it. */
@NullMarked
package dev.plumbline.perf.reliability;

import org.jspecify.annotations.NullMarked;
