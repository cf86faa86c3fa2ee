/** What the tests of the server share: real servers in this process, raw sockets, messages. */
@NullMarked
package dev.plumbline.server.support;

import org.jspecify.annotations.NullMarked;
