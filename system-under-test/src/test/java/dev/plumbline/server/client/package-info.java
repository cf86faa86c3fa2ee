/** The client against the bundled server and against servers that only a script can play. */
@NullMarked
package dev.plumbline.server.client;

import org.jspecify.annotations.NullMarked;
