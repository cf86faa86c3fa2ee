/**
 * Long runs on the bundled server: is every answer right, and given to the one who asked; does
 * memory stay flat. Not part of a verification: started by {@code .ci/soak}. Load with objectives
 * does not belong here.
 */
@NullMarked
package dev.plumbline.perf.soak;

import org.jspecify.annotations.NullMarked;
