/** Tests of the Gatling journey, with Gatling. */
@NullMarked
package dev.plumbline.perf.journey;

import org.jspecify.annotations.NullMarked;
