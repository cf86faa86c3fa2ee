/**
 * Random walks over the specification's state machines on any target: carries what a walk sends
 * over a conversation, makes a walk that fails small, and judges the recording of the smallest.
 * What may follow when is said by {@code conformance/model}; single messages are judged by rules.
 */
@NullMarked
package dev.plumbline.conformance.explore;

import org.jspecify.annotations.NullMarked;
