/**
 * What Plumbline ships and what it is made of: copies the software bill of materials into the run,
 * records the digests of the built jars, and judges one against the other. Judging the target's own
 * supply chain and signing do not belong here.
 */
@NullMarked
package dev.plumbline.supplychain;

import org.jspecify.annotations.NullMarked;
