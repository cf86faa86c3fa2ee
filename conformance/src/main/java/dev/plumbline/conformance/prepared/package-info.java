/**
 * What another program found out about this very build beforehand: its table is taken into the
 * evidence, if it is about the server that ships, and judged there like everything else.
 */
@NullMarked
package dev.plumbline.conformance.prepared;

import org.jspecify.annotations.NullMarked;
