/** Tests of the clients against real sockets. */
@NullMarked
package dev.plumbline.perf.client;

import org.jspecify.annotations.NullMarked;
