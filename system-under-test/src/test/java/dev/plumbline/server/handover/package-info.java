/** Tests of how two processes find each other and talk. */
@NullMarked
package dev.plumbline.server.handover;

import org.jspecify.annotations.NullMarked;
