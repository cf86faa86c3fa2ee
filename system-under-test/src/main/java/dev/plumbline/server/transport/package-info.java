/**
 * Every wire a message can travel on, over one dispatch path. {@link HttpTransport} listens for
 * Streamable HTTP: HTTP/1.1 and HTTP/2, in plain text or behind TLS, and with it WebSocket and the
 * HTTP+SSE pair of 2024-11-05; {@link TcpTransport} and {@link StdioTransport} carry a message per
 * line. Strict checks come first, each with its bound: size and shared bytes while reading, time to
 * arrive, time to be read ({@link Patience}). Then messages run on virtual threads under permits
 * and deadlines. The meaning of a message does not belong here.
 */
@NullMarked
package dev.plumbline.server.transport;

import org.jspecify.annotations.NullMarked;
