@NullMarked
package dev.plumbline.evidence.bundle.release;

import org.jspecify.annotations.NullMarked;
