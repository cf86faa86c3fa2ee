package dev.plumbline.server.feature.task;

import dev.plumbline.server.feature.ClientRequest;
import dev.plumbline.server.limit.Limits;
import dev.plumbline.server.limit.Refusal;
import dev.plumbline.server.protocol.Reply;
import dev.plumbline.server.protocol.RpcException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the work of a task says to its client while it goes on: notifications, and one set of
 * questions at a time. Whoever carries the client takes it turn by turn. Guarded by the lock of its
 * task, which waits and wakes.
 */
final class Dialogue {
  private final Deque<Notice> notices = new ArrayDeque<>();
  private final Set<String> usedKeys = new HashSet<>();
  private @Nullable Questions asked;
  private @Nullable Questions offered;

  /** Leaves a notification; the oldest gives way when there are too many. */
  void say(Notice notice) {
    if (notices.size() == Limits.MAX_TASK_NOTICES) {
      notices.removeFirst();
    }
    notices.addLast(notice);
  }

  /**
   * Requests as questions, which are not asked yet. Extension page, input requests: a key means one
   * question in the whole life of a task.
   */
  Questions prepare(Map<String, ClientRequest> requests) throws RpcException {
    if (usedKeys.size() + requests.size() > Limits.MAX_TASK_QUESTIONS) {
      throw new RpcException(Refusal.of("task_questions", Limits.MAX_TASK_QUESTIONS).error());
    }
    Map<String, String> keys = new LinkedHashMap<>();
    Map<String, ClientRequest> byKey = new LinkedHashMap<>();
    requests.forEach(
        (key, request) -> {
          String free = key;
          for (int i = 2; !usedKeys.add(free); i++) {
            free = key + "-" + i;
          }
          keys.put(free, key);
          byKey.put(free, request);
        });
    return new Questions(keys, byKey);
  }

  /** Asks, and offers the questions to whoever carries the client. */
  void ask(Questions questions) {
    asked = questions;
    offered = questions;
  }

  /** Asks nothing any more. */
  void withdraw() {
    asked = null;
    offered = null;
  }

  /** What is asked now, or null. */
  @Nullable Questions asked() {
    return asked;
  }

  /** What the client is asked and has not answered, in the order asked. */
  Map<String, ClientRequest> open() {
    return asked == null ? Map.of() : asked.open();
  }

  /** Whoever took the questions could not put them; true when somebody else may. */
  boolean offerAgain(Questions questions) {
    if (asked != questions) {
      return false;
    }
    offered = questions;
    return true;
  }

  /**
   * What is to be done next for the client, or null when there is nothing yet.
   *
   * @param reply what the task has come to, or null
   */
  @Nullable Turn next(@Nullable Reply reply) {
    Notice notice = notices.pollFirst();
    if (notice != null) {
      return new Turn.Said(notice);
    }
    if (reply != null) {
      return new Turn.Ended(reply);
    }
    Questions questions = offered;
    if (questions == null) {
      return null;
    }
    offered = null;
    return new Turn.Asked(questions, questions.open());
  }
}
