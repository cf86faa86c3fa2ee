/**
 * What a fuzzer that follows coverage drives ({@code .ci/fuzz}): each class takes any bytes in
 * {@code fuzzerTestOneInput} and throws when what it holds to be true is not. {@link
 * FuzzTargetsTest} gives them examples in every build.
 */
@NullMarked
package dev.plumbline.server.fuzz;

import org.jspecify.annotations.NullMarked;
