/** Tests of the room of the same name. */
@NullMarked
package dev.plumbline.perf.raw;

import org.jspecify.annotations.NullMarked;
