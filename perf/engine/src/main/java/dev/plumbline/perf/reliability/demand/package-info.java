/**
 * What is demanded of the reliability core, as values, and how figures are read from the raw files.
 * Pure functions of files: no clock, no socket, nothing that runs.
 */
@NullMarked
package dev.plumbline.perf.reliability.demand;

import org.jspecify.annotations.NullMarked;
