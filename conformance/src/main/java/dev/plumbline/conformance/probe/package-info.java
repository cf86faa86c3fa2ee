/**
 * What a target claims and offers: eras, revisions, capabilities, tools with arguments to call them
 * with, resources, prompts. Asks lawfully and judges nothing.
 */
@NullMarked
package dev.plumbline.conformance.probe;

import org.jspecify.annotations.NullMarked;
