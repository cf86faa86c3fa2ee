/** Tests of what looks at processes from outside. */
@NullMarked
package dev.plumbline.perf.process;

import org.jspecify.annotations.NullMarked;
