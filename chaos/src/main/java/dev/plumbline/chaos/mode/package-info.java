/**
 * The catalogue of failure modes. Each is one {@link dev.plumbline.chaos.mode.FailureMode} value:
 * its fault, its steady state, its limits, its predicted scores, how it is run and what is
 * concluded from the record. Proxies, clients and files do not belong here.
 */
@NullMarked
package dev.plumbline.chaos.mode;

import org.jspecify.annotations.NullMarked;
