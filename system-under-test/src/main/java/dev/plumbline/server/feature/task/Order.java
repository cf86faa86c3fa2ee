package dev.plumbline.server.feature.task;

import dev.plumbline.server.feature.Context;
import dev.plumbline.server.machine.TaskEvent;
import dev.plumbline.server.machine.TaskLifecycle;
import dev.plumbline.server.protocol.Reply;
import java.time.Duration;
import java.util.function.Function;

/**
 * A task that is wanted.
 *
 * @param owner who alone may see it
 * @param ttl how long it is remembered
 * @param request the request it continues
 * @param relayed true when notifications wait for a stream of the client's
 * @param verdict which event a reply is
 * @param work what it does
 */
record Order(
    String owner,
    Duration ttl,
    Context request,
    boolean relayed,
    Function<Reply, TaskEvent> verdict,
    TaskWork work) {

  /** Whether its client gives it less time than a task gets that says nothing (C10). */
  boolean hurried() {
    return ttl.compareTo(TaskLifecycle.TTL) < 0;
  }

  /** An error is an error, every result is a result. */
  static TaskEvent plain(Reply reply) {
    return switch (reply) {
      case Reply.Result _ -> TaskEvent.RESULT;
      case Reply.Failure _ -> TaskEvent.ERROR;
    };
  }
}
