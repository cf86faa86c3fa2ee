/** The models of a client against clients that are told what to send. */
@NullMarked
package dev.plumbline.conformance.model.client;

import org.jspecify.annotations.NullMarked;
