package dev.plumbline.server.mutant;

import dev.plumbline.server.era.Answer;
import dev.plumbline.server.era.AnswerShape;
import dev.plumbline.server.era.EventSink;
import dev.plumbline.server.era.Inbound;
import dev.plumbline.server.protocol.JsonLimits;
import dev.plumbline.server.protocol.Message;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ArrayNode;

/** Defects in what only older revisions of the handshake era know: batches. */
final class HandshakeOlderMutants {
  private HandshakeOlderMutants() {}

  static List<Mutant> all() {
    return List.of(
        // BASE-031
        batches("batch-half-served", answer -> raw(answer, all -> all.remove(0))),
        // TRAN-055
        batches(
            "batch-mislabelled",
            answer -> new Answer(200, Map.of("Content-Type", "text/plain"), answer.body())),
        // TRAN-056, TRAN-057
        streams("batch-answered-twice", all -> all.add(all.get(0).deepCopy())),
        streams("batch-stream-ends-early", all -> all.remove(0)),
        // TRAN-058
        HandshakeStreamMutants.lingering(
            "batch-stream-stays-open",
            event -> HandshakeStreamMutants.text(event).startsWith("[")));
  }

  private static Mutant batches(String name, UnaryOperator<Answer> change) {
    return Planting.handshakeAnswer(
        name,
        new AnswerShape() {
          @Override
          public Answer shape(Inbound in, Message message, Answer answer) {
            return answer;
          }

          @Override
          public Answer batch(Inbound in, Answer answer) {
            return answer.bytes().length == 0 ? answer : change.apply(answer);
          }
        });
  }

  private static Answer raw(Answer answer, Consumer<ArrayNode> spoil) {
    return answer.withBody(
        new Answer.Body.Raw(spoiled(new String(answer.bytes(), StandardCharsets.UTF_8), spoil)));
  }

  private static String spoiled(String batch, Consumer<ArrayNode> spoil) {
    ArrayNode all = (ArrayNode) JsonLimits.mapper().readTree(batch);
    spoil.accept(all);
    return all.toString();
  }

  /** Spoils the responses to a batch where they come on a stream. */
  private static Mutant streams(String name, Consumer<ArrayNode> spoil) {
    return HandshakeStreamMutants.posts(
        name,
        (_, event) -> {
          String text = HandshakeStreamMutants.text(event);
          return List.of(
              text.startsWith("[")
                  ? new EventSink.Event(
                      event.id(),
                      event.retry(),
                      spoiled(text, spoil).getBytes(StandardCharsets.UTF_8),
                      event.kind())
                  : event);
        });
  }
}
