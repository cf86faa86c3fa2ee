/**
 * What every message looks like in each revision: shapes as values, written down in our own words
 * after the pages, and what a message that differs from them gets wrong. Which messages are
 * collected, and what follows from a difference, is for rules.
 */
@NullMarked
package dev.plumbline.conformance.shape;

import org.jspecify.annotations.NullMarked;
