/** Raw bytes against the strict request checks, and the stdio framing. */
@NullMarked
package dev.plumbline.server.transport;

import org.jspecify.annotations.NullMarked;
