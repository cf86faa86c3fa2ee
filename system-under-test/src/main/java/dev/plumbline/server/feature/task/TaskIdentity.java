package dev.plumbline.server.feature.task;

import java.time.Duration;
import java.time.Instant;

/**
 * What never changes about a task.
 *
 * @param id the unguessable id
 * @param owner who alone may see it
 * @param number its place among all tasks of this process, in the order of arrival
 * @param createdAt when it was registered, here or in the process that works on it
 * @param ttl how long it is remembered from its creation
 */
record TaskIdentity(String id, String owner, int number, Instant createdAt, Duration ttl) {
  /** How long it is still remembered; never negative. */
  Duration left(Instant now) {
    Duration left = ttl.minus(Duration.between(createdAt, now));
    return left.isNegative() ? Duration.ZERO : left;
  }
}
