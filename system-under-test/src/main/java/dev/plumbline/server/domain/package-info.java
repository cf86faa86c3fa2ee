/**
 * Failure domains: what goes wrong stays where it is (C9). Sessions are spread over eight domains
 * by the hash of their ids, requests without a session by their connection, and every transport is
 * a domain of its own. Each is supervised by itself, one for one; nobody is restarted because
 * somebody else failed.
 *
 * <p>What counts:
 *
 * <ul>
 *   <li>An exception of a handler is a plain failure: its caller gets an error, nothing is counted.
 *   <li>An {@code Error} of a handler, whatever kind, is a crash: its one caller gets an internal
 *       error, the crash is counted, logged and shown; nobody else notices. More than five in 60 s
 *       restart the domain after it has drained.
 *   <li>A handler that does not end five seconds after it was told to is stuck. Its caller has had
 *       its answer at the deadline; the thread is counted until it ends. Sixteen more of them than
 *       at the last restart count as a crash that restarts the domain; with 32 it is given up,
 *       because a restart ends no thread.
 *   <li>A listener that is lost is a crash of its transport and restarts it at once.
 *   <li>More than five restarts in 60 s, and the domain is given up until somebody resets it.
 * </ul>
 */
@NullMarked
package dev.plumbline.server.domain;

import org.jspecify.annotations.NullMarked;
