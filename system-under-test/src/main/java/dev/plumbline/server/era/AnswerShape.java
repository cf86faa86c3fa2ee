package dev.plumbline.server.era;

import dev.plumbline.server.protocol.Message;

/** The last look at an answer before it is written. The correct server changes nothing here. */
@FunctionalInterface
public interface AnswerShape {
  /** Leaves every answer as it is. */
  AnswerShape AS_IT_IS = (_, _, answer) -> answer;

  /** The answer to write. */
  Answer shape(Inbound in, Message message, Answer answer);

  /** The answer to write to a batch. */
  default Answer batch(Inbound in, Answer answer) {
    return answer;
  }
}
