/** Both eras over a real socket: what they demand and how they answer. */
@NullMarked
package dev.plumbline.server.era;

import org.jspecify.annotations.NullMarked;
