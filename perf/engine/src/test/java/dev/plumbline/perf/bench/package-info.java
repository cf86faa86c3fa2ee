@NullMarked
package dev.plumbline.perf.bench;

import org.jspecify.annotations.NullMarked;
