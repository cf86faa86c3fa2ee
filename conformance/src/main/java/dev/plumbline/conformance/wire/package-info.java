/**
 * The wire: drafts of messages, exchanges as they were seen, recordings of them, and the drivers
 * that carry bytes over HTTP/1.1 and over the standard streams of a process. Every byte and header
 * is visible and can be made wrong on purpose. Knows nothing of clauses; whoever judges lives
 * elsewhere.
 */
@NullMarked
package dev.plumbline.conformance.wire;

import org.jspecify.annotations.NullMarked;
