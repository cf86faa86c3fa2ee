/** Tests of what the simulations are told and what they keep; Gatling itself is not started. */
@NullMarked
package dev.plumbline.perf.gatling;

import org.jspecify.annotations.NullMarked;
