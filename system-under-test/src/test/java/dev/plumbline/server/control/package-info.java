/** The control port, also while the data plane is full. */
@NullMarked
package dev.plumbline.server.control;

import org.jspecify.annotations.NullMarked;
