/**
 * Runs the Gatling journey in a JVM of its own and keeps what it wrote. The journey itself is the
 * other module of this folder; it is reached as a folder of jars and never linked.
 */
@NullMarked
package dev.plumbline.perf.journey;

import org.jspecify.annotations.NullMarked;
