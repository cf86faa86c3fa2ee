package dev.plumbline.server.feature.task;

import dev.plumbline.server.machine.TaskState;
import dev.plumbline.server.protocol.Reply;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What another process that goes on with a task's client has to know of it. The work stays where it
 * began.
 *
 * @param id the unguessable id
 * @param owner who alone may see it
 * @param state where its lifecycle stands
 * @param createdAt when it was registered
 * @param updatedAt when its status last changed
 * @param ttl how long it is remembered from its creation
 * @param message one line about its state, or null
 * @param reply what its work came to; null until the state is terminal
 */
public record TaskRecord(
    String id,
    String owner,
    TaskState state,
    Instant createdAt,
    Instant updatedAt,
    Duration ttl,
    @Nullable String message,
    @Nullable Reply reply) {}
