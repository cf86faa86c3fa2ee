/**
 * Hot upgrade (C24): a new process takes listening sockets, idle connections and sessions over from
 * the one that runs, which finishes what it has begun and ends. Nothing here knows the protocol;
 * what a session is belongs to {@code session}, how connections are moved to {@code transport}.
 */
@NullMarked
package dev.plumbline.server.handover;

import org.jspecify.annotations.NullMarked;
