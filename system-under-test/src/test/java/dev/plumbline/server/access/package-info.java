/** Tests of a server that asks for access tokens. */
@NullMarked
package dev.plumbline.server.access;

import org.jspecify.annotations.NullMarked;
