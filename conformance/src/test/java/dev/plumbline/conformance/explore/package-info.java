/** How walks are made beside each other. */
@NullMarked
package dev.plumbline.conformance.explore;

import org.jspecify.annotations.NullMarked;
