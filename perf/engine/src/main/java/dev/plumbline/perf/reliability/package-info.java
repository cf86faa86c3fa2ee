/**
 * The evidence that the bundled server's reliability core holds: which parts there are, what drives
 * them, and the judge that reads what they left. Numbers are held against the list of {@link
 * dev.plumbline.perf.reliability.demand.Demands}; how each part measures is its own room's matter.
 */
@NullMarked
package dev.plumbline.perf.reliability;

import org.jspecify.annotations.NullMarked;
