/** The contract every fault proxy keeps, run against every backend this machine has. */
@NullMarked
package dev.plumbline.chaos.proxy;

import org.jspecify.annotations.NullMarked;
