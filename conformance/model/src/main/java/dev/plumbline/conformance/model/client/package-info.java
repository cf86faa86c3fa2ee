/**
 * The specification's state machines seen from a client: a walk is what its user wants and what its
 * server says, and a model says which messages the client may send then. What a server may do is
 * said by the package above.
 */
@NullMarked
package dev.plumbline.conformance.model.client;

import org.jspecify.annotations.NullMarked;
