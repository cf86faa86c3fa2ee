/** Tests of the room of the same name. */
@NullMarked
package dev.plumbline.perf.judge;

import org.jspecify.annotations.NullMarked;
