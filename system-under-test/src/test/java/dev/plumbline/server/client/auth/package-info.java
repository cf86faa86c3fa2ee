/** Proves what the package of the same name promises. */
@NullMarked
package dev.plumbline.server.client.auth;

import org.jspecify.annotations.NullMarked;
