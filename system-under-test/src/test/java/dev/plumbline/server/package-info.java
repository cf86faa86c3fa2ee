/** The server as a process. */
@NullMarked
package dev.plumbline.server;

import org.jspecify.annotations.NullMarked;
