/** Proves what the package of the same name promises. */
@NullMarked
package dev.plumbline.server.client.auth.jose;

import org.jspecify.annotations.NullMarked;
