/** Tests of the session stores. */
@NullMarked
package dev.plumbline.server.session.store;

import org.jspecify.annotations.NullMarked;
