/**
 * What people and pipelines read: pure functions from a bundle to text. Nothing here decides,
 * measures or reads a clock; everything that comes from a target is escaped where it is written.
 */
@NullMarked
package dev.plumbline.evidence.bundle.report;

import org.jspecify.annotations.NullMarked;
