/**
 * Signed JSON web tokens: how a client makes assertions and DPoP proofs, and the keys and
 * algorithms of all that is signed. Whether a token may be believed does not belong here.
 */
@NullMarked
package dev.plumbline.server.client.auth.jose;

import org.jspecify.annotations.NullMarked;
