/** Cursors, arguments and the demonstration catalogue. */
@NullMarked
package dev.plumbline.server.feature;

import org.jspecify.annotations.NullMarked;
