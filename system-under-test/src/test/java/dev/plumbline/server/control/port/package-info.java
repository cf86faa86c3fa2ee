/** Tests of the room of the same name. */
@NullMarked
package dev.plumbline.server.control.port;

import org.jspecify.annotations.NullMarked;
