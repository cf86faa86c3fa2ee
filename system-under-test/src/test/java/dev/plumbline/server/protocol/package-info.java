/** Hostile and lawful bytes through the decoder, and the echo of ids. */
@NullMarked
package dev.plumbline.server.protocol;

import org.jspecify.annotations.NullMarked;
