/**
 * Streamable HTTP on Netty and stdio on pipes: strict request checks first, then the endpoint on
 * virtual threads under a deadline. Message meaning does not belong here.
 */
@NullMarked
package dev.plumbline.server.transport;

import org.jspecify.annotations.NullMarked;
