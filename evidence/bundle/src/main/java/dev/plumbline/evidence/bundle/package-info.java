/**
 * Sealing a finished run into a bundle and checking a bundle offline: the facade over gates,
 * manifest, signatures and reports. Running suites, judging recordings and parsing user files does
 * not belong here.
 */
@NullMarked
package dev.plumbline.evidence.bundle;

import org.jspecify.annotations.NullMarked;
