package dev.plumbline.server.feature.task;

import dev.plumbline.server.feature.LogLevel;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A notification that waits in its task for a stream to carry it.
 *
 * @param level the level of a log message; null for any other notification
 */
record Notice(String method, ObjectNode params, @Nullable LogLevel level) {}
