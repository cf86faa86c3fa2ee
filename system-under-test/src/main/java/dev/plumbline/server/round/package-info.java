/**
 * Requests that need more than one round trip (2026-07-28 basic/patterns/mrtr): which questions a
 * client can be asked, which answers fit them, and how what is known so far travels sealed through
 * the client. Who asks, and on what wire, does not belong here.
 */
@NullMarked
package dev.plumbline.server.round;

import org.jspecify.annotations.NullMarked;
