/** Tests of the lean generator, against small servers on real sockets. */
@NullMarked
package dev.plumbline.perf.flood;

import org.jspecify.annotations.NullMarked;
