/**
 * Handshake-era sessions: unguessable ids, a bounded register, idle and handshake timeouts as
 * events of the session machine. Persistence does not belong here yet.
 */
@NullMarked
package dev.plumbline.server.session;

import org.jspecify.annotations.NullMarked;
