/**
 * Many servers: the same rules run on several at once, bounded, each in a run of its own with its
 * own bundle; and what two of them have apart. Nothing here judges.
 */
@org.jspecify.annotations.NullMarked
package dev.plumbline.ci.cli.fleet;
