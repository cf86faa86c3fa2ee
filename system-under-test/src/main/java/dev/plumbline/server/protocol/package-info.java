/**
 * JSON-RPC and MCP messages as sealed records, the streaming codec with its limits and the error
 * codes. Knows nothing of eras, sessions or transports; what a message means does not belong here.
 */
@NullMarked
package dev.plumbline.server.protocol;

import org.jspecify.annotations.NullMarked;
