/**
 * The drivers of the official client scenarios and of the runs against SDKs of others; nothing here
 * is part of the client.
 */
@NullMarked
package dev.plumbline.server.client.scenario;

import org.jspecify.annotations.NullMarked;
