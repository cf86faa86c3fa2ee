/**
 * What speed is measured with: benchmarks of parts, and the comparison of the whole server with a
 * bare echo on the same Netty. Nothing here asserts a time; {@code .ci/bench} runs it.
 */
@NullMarked
package dev.plumbline.server.bench;

import org.jspecify.annotations.NullMarked;
