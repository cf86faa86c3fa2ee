/**
 * The control plane: health and readiness on their own port and threads, so that they answer while
 * the data plane is saturated. Never touches a data-plane queue or thread.
 */
@NullMarked
package dev.plumbline.server.control;

import org.jspecify.annotations.NullMarked;
