/**
 * A Toxiproxy in plain Java, for machines without the real one: the same HTTP API, the same toxics,
 * the same rules about what happens to connections when toxics come and go. It listens on loopback
 * only, its random choices come from a seed, and every buffer has a limit. Who uses it and what for
 * does not belong here.
 */
@NullMarked
package dev.plumbline.chaos.embedded;

import org.jspecify.annotations.NullMarked;
