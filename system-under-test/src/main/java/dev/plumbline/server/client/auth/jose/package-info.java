/**
 * Signed JSON web tokens as a client makes them: assertions and DPoP proofs. Verifying tokens does
 * not belong here.
 */
@NullMarked
package dev.plumbline.server.client.auth.jose;

import org.jspecify.annotations.NullMarked;
