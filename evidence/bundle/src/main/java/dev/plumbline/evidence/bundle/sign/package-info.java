/**
 * What makes a bundle tamper-evident: digests, the manifest, in-toto statements, DSSE envelopes and
 * Ed25519 keys, on the JDK alone. Deciding anything does not belong here.
 */
@NullMarked
package dev.plumbline.evidence.bundle.sign;

import org.jspecify.annotations.NullMarked;
