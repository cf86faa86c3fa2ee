/** Tests of the room of the same name. */
@NullMarked
package dev.plumbline.server.config;

import org.jspecify.annotations.NullMarked;
