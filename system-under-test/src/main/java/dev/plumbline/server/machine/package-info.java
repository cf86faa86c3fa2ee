/**
 * Lifecycles as data: transition tables, one interpreter, typed rejections. Time is a clock that
 * was handed in, and passes by whoever asks a machine what is due; no thread, no I/O, no metrics:
 * whoever owns a lifecycle fires the events, and an {@link dev.plumbline.server.machine.Observer}
 * counts them.
 *
 * <p>No flag beside a machine says where a lifecycle stands. What is left elsewhere is about
 * smaller things: whether one wire can still be written to or is still read ({@code
 * transport.HttpExchange}, {@code DuplexConnection}, {@code StreamOutlet}, {@code client.Link}: a
 * client may lose a wire in the middle of its handshake and open another), whether one request was
 * answered or cancelled ({@code transport.Runner}, {@code session.InFlight}, {@code
 * era.HandshakeExchange}), and whether a thread is at work just now ({@code session.Mailbox},
 * {@code transport.Lane}).
 */
@NullMarked
package dev.plumbline.server.machine;

import org.jspecify.annotations.NullMarked;
