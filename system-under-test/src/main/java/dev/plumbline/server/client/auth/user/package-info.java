/** The user agent that carries an authorization request to a person, or to nobody in tests. */
@NullMarked
package dev.plumbline.server.client.auth.user;

import org.jspecify.annotations.NullMarked;
