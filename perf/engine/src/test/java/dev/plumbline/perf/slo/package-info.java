/** Tests of the room of the same name. */
@NullMarked
package dev.plumbline.perf.slo;

import org.jspecify.annotations.NullMarked;
