/** The driver of the official client scenarios; nothing here is part of the client. */
@NullMarked
package dev.plumbline.server.client.scenario;

import org.jspecify.annotations.NullMarked;
