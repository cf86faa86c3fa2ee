/**
 * {@code plumbline top}: the bundled server as it is now, in a terminal. Reads the events of its
 * control port like any other client; nothing of the server is linked.
 */
@NullMarked
package dev.plumbline.ci.cli.top;

import org.jspecify.annotations.NullMarked;
