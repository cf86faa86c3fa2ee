/** The specification's state machines against the bundled server in process, and its client. */
@NullMarked
package dev.plumbline.server.model;

import org.jspecify.annotations.NullMarked;
