/**
 * Where sessions are kept so that they outlive a connection, a process or a machine: one SPI, three
 * stores (memory, one file, PostgreSQL), and the records in their versions. What a session does,
 * and when it ends, belongs to {@code session}; nothing here knows a protocol message.
 */
@NullMarked
package dev.plumbline.server.session.store;

import org.jspecify.annotations.NullMarked;
