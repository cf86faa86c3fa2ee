/** Cursors, arguments and the demonstration catalogue. */
@NullMarked
package dev.plumbline.server.api;

import org.jspecify.annotations.NullMarked;
