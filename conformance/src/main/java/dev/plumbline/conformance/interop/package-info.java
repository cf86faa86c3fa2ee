/**
 * Interoperability with SDKs made by others, in both directions: the table that {@code .ci/interop}
 * wrote is taken into the evidence and judged cell by cell. The programs themselves live in {@code
 * samples/interop}.
 */
@NullMarked
package dev.plumbline.conformance.interop;

import org.jspecify.annotations.NullMarked;
