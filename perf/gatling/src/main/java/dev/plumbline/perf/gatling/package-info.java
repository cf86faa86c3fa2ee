/**
 * The Gatling journey: whole sessions arriving at a constant rate. It runs in a JVM of its own,
 * takes its settings from environment variables and links nothing else of Plumbline; who starts it
 * and judges what it wrote is the load engine's module.
 */
@NullMarked
package dev.plumbline.perf.gatling;

import org.jspecify.annotations.NullMarked;
