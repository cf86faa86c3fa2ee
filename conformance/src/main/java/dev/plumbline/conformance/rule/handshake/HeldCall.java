package dev.plumbline.conformance.rule.handshake;

import dev.plumbline.conformance.rule.Inbox;
import dev.plumbline.conformance.wire.Conversation;
import dev.plumbline.conformance.wire.Draft;
import dev.plumbline.conformance.wire.Exchange;
import dev.plumbline.conformance.wire.Messages;
import dev.plumbline.evidence.model.HarnessException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request whose questions to the client wait until the script answers them. Over HTTP it goes on
 * beside whatever else is sent, elsewhere between it.
 */
final class HeldCall {
  /** What a server may ask its client. */
  static final List<String> ASKED =
      List.of("elicitation/create", "sampling/createMessage", "roots/list");

  /** What is listened to besides the request's own stream. */
  static final String LISTENING = "listening";

  /** How long a request runs at most. */
  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** How long a request is left alone where nothing else can be said meanwhile. */
  private static final Duration BEGUN = Duration.ofMillis(300);

  private final Inbox<JsonNode> questions = new Inbox<>();
  private final Conversation conversation;
  private final Conversation.@Nullable Beside beside;

  private HeldCall(Conversation conversation, String label, Draft draft)
      throws HarnessException, InterruptedException {
    this.conversation = conversation;
    for (String method : ASKED) {
      conversation.answering(
          method,
          question -> {
            questions.add(question);
            return List.of();
          });
    }
    if (conversation.transport().isHttp()) {
      beside = conversation.beside(label, draft.deadline(LIMIT));
    } else {
      beside = null;
      conversation.send(label, draft.deadline(BEGUN));
    }
  }

  /** Sends the request. */
  static HeldCall begin(Conversation conversation, String label, Draft draft)
      throws HarnessException, InterruptedException {
    return new HeldCall(conversation, label, draft);
  }

  /** Listens to what belongs to no request, where that takes a stream of its own. */
  static Optional<Conversation.Beside> listening(Conversation conversation) {
    return listening(conversation, get -> get.deadline(LIMIT.multipliedBy(2)));
  }

  /**
   * The same in another way.
   *
   * @param how says how long, and who is told meanwhile
   */
  static Optional<Conversation.Beside> listening(
      Conversation conversation, UnaryOperator<Draft> how) {
    return conversation.transport().isHttp()
        ? Optional.of(conversation.beside(LISTENING, how.apply(conversation.http("GET"))))
        : Optional.empty();
  }

  /** The next question, if there is one in that time. */
  Optional<JsonNode> question(Duration time) throws HarnessException, InterruptedException {
    if (beside != null) {
      return questions.await(_ -> true, time);
    }
    if (questions.isEmpty()) {
      conversation.listen(LISTENING, time);
    }
    return questions.await(_ -> true, Duration.ZERO);
  }

  /** Says what asks for no answer: a response, or a notification. */
  Exchange say(String label, JsonNode message) throws HarnessException, InterruptedException {
    return say(conversation, label, message);
  }

  /** Says it in another conversation. */
  static Exchange say(Conversation other, String label, JsonNode message)
      throws HarnessException, InterruptedException {
    return other.send(
        label,
        other
            .notification("notifications/plumbline", Messages.object())
            .body(_ -> (ObjectNode) message.deepCopy()));
  }

  /** Waits for the end, at most that long; questions are answered as usual from then on. */
  void end(Duration time) throws HarnessException, InterruptedException {
    if (beside != null) {
      beside.end(time);
    } else {
      conversation.listen(LISTENING, time);
    }
    ASKED.forEach(conversation::usual);
  }
}
