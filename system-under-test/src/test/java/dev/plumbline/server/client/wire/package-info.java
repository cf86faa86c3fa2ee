/** Wires, byte by byte. */
@NullMarked
package dev.plumbline.server.client.wire;

import org.jspecify.annotations.NullMarked;
