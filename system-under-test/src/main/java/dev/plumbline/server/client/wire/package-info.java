/**
 * How the client's messages travel: HTTP, child process, TCP and WebSocket behind one interface. No
 * meaning of a message is known here.
 */
@NullMarked
package dev.plumbline.server.client.wire;

import org.jspecify.annotations.NullMarked;
