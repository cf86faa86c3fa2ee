package dev.plumbline.server.feature.task;

import dev.plumbline.server.feature.ClientRequest;
import dev.plumbline.server.machine.TaskState;
import dev.plumbline.server.protocol.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a task is at one moment.
 *
 * @param id the unguessable id
 * @param state where its lifecycle stands
 * @param createdAt when it was registered
 * @param updatedAt when its status last changed
 * @param ttl how long it is remembered from its creation
 * @param message one line about its state, or null
 * @param reply what its work came to; null until the state is terminal
 * @param questions what its client is asked and has not answered, in the order asked
 */
record TaskView(
    String id,
    TaskState state,
    Instant createdAt,
    Instant updatedAt,
    Duration ttl,
    @Nullable String message,
    @Nullable Reply reply,
    Map<String, ClientRequest> questions) {}
