package dev.plumbline.server.feature.task;

import dev.plumbline.server.feature.ClientRequest;
import dev.plumbline.server.protocol.Reply;
import java.util.Map;

/** What whoever waits for a task has to do next. */
sealed interface Turn {
  /** The task has ended. */
  record Ended(Reply reply) implements Turn {}

  /** Put these questions to the client; they are given to nobody else meanwhile. */
  record Asked(Questions questions, Map<String, ClientRequest> open) implements Turn {}

  /** Pass this on to the client. */
  record Said(Notice notice) implements Turn {}
}
